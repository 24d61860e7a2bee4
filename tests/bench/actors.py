"""Country and sector of actors given as plain text: `actors.py FILE [--predictions OUT.jsonl]`."""

import re
from datetime import date

from common import Clock, arguments, bootstrap, finish, read_rows, write_predictions

from transforms.entities.actors import code_actor


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else None


def main() -> None:
    options = arguments(__doc__).parse_args()
    rows = [row for path in options.file for row in read_rows(path)]
    clock = Clock()
    codes = [code_actor(row["text"], row["context_country"], day(row["on"])) for row in rows]
    seconds = clock.seconds()
    pairs = list(zip(rows, codes, strict=True))
    right = {
        key: [row[key] == (getattr(code, key) or "") for row, code in pairs if row[key] is not None]
        for key in ("country", "sector")
    }
    result = {key: sum(hits) / len(hits) if hits else 0.0 for key, hits in right.items()}
    write_predictions(options.predictions, (_prediction(number, row, code) for number, (row, code) in enumerate(pairs)))
    finish(result, n=len(rows), seconds=seconds, interval=bootstrap(right["country"]))


def _prediction(number: int, row: dict, code) -> dict:
    return {
        "id": row.get("id", number),
        "country": code.country or "",
        "sector": code.sector or "",
        "basis": code.basis,
    }


if __name__ == "__main__":
    main()
