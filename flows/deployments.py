"""The deployments of the flow that this project knows, all in one place."""

from typing import Any

from flows.tasks import annals
from schemas.errors import UsageError

NAME = "annals"


def serve(cron: str | None, parameters: dict[str, Any]) -> None:
    """Register the flow with the Prefect server and run it as its schedule says, until stopped.

    Raises:
        UsageError: no Prefect server is set or it does not answer. Without one Prefect would wait and never schedule.
    """
    _require_server()
    # Restarting the process must not leave the schedule switched off.
    annals.serve(name=NAME, cron=cron, parameters=parameters, pause_on_shutdown=False)


def _require_server() -> None:
    import httpx
    from prefect.settings import PREFECT_API_URL

    address = PREFECT_API_URL.value()
    remedy = "Start `prefect server start` and set PREFECT_API_URL, or schedule `annals run` with cron"
    if not address:
        raise UsageError("no Prefect server is set", where="annals serve", remedy=remedy)
    try:
        httpx.get(f"{address}/health", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        raise UsageError(f"the Prefect server does not answer: {error}", where=address, remedy=remedy) from error
