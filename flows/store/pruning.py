"""Taking away work that no version was made from."""

from flows.store.dataset import PENDING, Dataset
from flows.store.files import remove_folder


def prune_work(dataset: Dataset) -> int:
    """Remove work folders under code keys that no version on disk names; return how many."""
    versions = dataset.versions
    manifests = [versions.manifest(number) for number in versions.numbers()]
    used = {(stage, record.code_key) for manifest in manifests for stage, record in manifest.stages.items()}
    gone = [
        folder
        for folder in dataset.work.glob("*/*")
        if folder.parent.name != PENDING and (folder.parent.name, folder.name) not in used
    ]
    for folder in gone:
        remove_folder(folder)
    return len(gone)
