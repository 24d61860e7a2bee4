"""Parameters of the stage `events`: weights of the evidence, thresholds and windows of days."""

from transforms.contract import Params
from transforms.lookups.decisions import Decision
from transforms.lookups.facts import Own


class MergingParams(Params):
    """Parameters of `events`.

    Attributes:
        same_score: evidence from which two reports tell the same event, 0 to 1.
        reported_score: evidence from which a decision against it is written down.
        window: reports that a report is compared with in each block of parties, the last ones before it.
        story_window: likewise in its document and its story.
        reach_days: the longest time between two reports of a block that are compared.
        recent_days: how long before publication an undated act told in the simple past can lie.
        background_days: how long before publication an undated act told otherwise can lie.
        ahead_days: how long after publication an undated plan can lie.
        standing_days: the longest pause between reports of a standing situation.
        quantity_ratio: quantities of one unit differ when the smaller is below this share of the larger.
        back_reach: how many code points before "the talks" the talks can have been told.
        stem_share: share of the shorter lemma that two related lemmas begin with.
        stem_length: the least letters that they begin with.
        lone_party: share of the evidence of one party of an act among equals where the other side names its partner.
        same_document: evidence of one document where neither report names a party.
        documents: evidence of two documents, times their cosine.
        least_likeness: cosine of two documents from which it counts.
        least_overlap: similarity of the words around the triggers from which it counts.
        context: code points on either side of a trigger whose words count.
        own: the user's own rows of lookups.
        decisions: the user's own decisions about events.
    """

    same_score: float = 0.55
    reported_score: float = 0.45
    window: int = 8
    story_window: int = 12
    recent_days: int = 4
    background_days: int = 30
    ahead_days: int = 45
    standing_days: int = 120
    reach_days: int = 90
    quantity_ratio: float = 0.9
    back_reach: int = 2000
    stem_share: float = 0.66
    stem_length: int = 4
    least_overlap: float = 0.1
    same_lemma: float = 0.3
    related_lemma: float = 0.25
    any_trigger: float = 0.05
    overlap: float = 0.3
    same_party: float = 0.2
    country_party: float = 0.15
    government_party: float = 0.08
    lone_party: float = 0.5
    same_day: float = 0.25
    same_week: float = 0.15
    same_month: float = 0.15
    same_year: float = 0.1
    standing: float = 0.15
    back_reference: float = 0.25
    same_story: float = 0.1
    same_document: float = 0.25
    documents: float = 0.7
    least_likeness: float = 0.25
    same_quantity: float = 0.15
    same_place: float = 0.15
    terms: int = 12
    context: int = 70
    own: Own = Own()
    decisions: tuple[Decision, ...] = ()
