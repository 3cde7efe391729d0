"""Alerts: a failed run is told to a webhook, or as a line of a file.

What lives here: what is told, and delivering it. What does not: noticing that a run failed
(`sensors.py`).

The address of a webhook is a secret: whoever has it can write to the channel. It is in no log, no
message of an error and no metadata.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

SECONDS_TO_ANSWER = 10
_PAUSES = (1, 5)  # seconds between one try and the next


class AlertNotDelivered(Exception):
    """An alert reached no one; the message holds no address."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A run that failed. `failed_at` is ISO 8601 with its zone; `reason` is one or a few lines."""

    run_id: str
    job: str
    home: str
    failed_at: str
    reason: str

    def body(self) -> dict[str, str]:
        """What is sent: `text` is what chat programs show, the rest is for programs."""
        return {
            "text": (
                f"gongkai: {self.job} failed, nothing was published. {self.reason} "
                f"(home {self.home}, run {self.run_id})"
            ),
            "run_id": self.run_id,
            "job": self.job,
            "home": self.home,
            "failed_at": self.failed_at,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class AlertWays:
    """Where alerts go; both ways, if both are given."""

    webhook: SecretStr | None
    file: Path | None

    @property
    def are_given(self) -> bool:
        """Whether there is any."""
        return self.webhook is not None or self.file is not None


def deliver(alert: Alert, ways: AlertWays, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Deliver the alert by every way given; one that fails keeps none of the others from it.

    Raises AlertNotDelivered where one failed.
    """
    failures = []
    if ways.file is not None:
        try:
            _append(ways.file, alert.body())
        except OSError as error:
            failures.append(f"GONGKAI_ALERT_FILE {ways.file}: {error.strerror}")
    if ways.webhook is not None:
        failure = _post(ways.webhook.get_secret_value(), alert.body(), sleep)
        if failure is not None:
            failures.append(f"GONGKAI_ALERT_WEBHOOK: {failure}")
    if failures:
        raise AlertNotDelivered("The alert was not delivered. " + "; ".join(failures))


def _append(file: Path, body: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(body, ensure_ascii=False) + "\n")


def _post(address: str, body: Mapping[str, Any], sleep: Callable[[float], None]) -> str | None:
    """Post the body, three times at most; why that failed, without the address."""
    if not address.startswith(("https://", "http://")):
        return "it must begin with https:// or http://"
    failure = _post_once(address, body)
    for pause in _PAUSES:
        if failure is None:
            return None
        sleep(pause)
        failure = _post_once(address, body)
    return failure


def _post_once(address: str, body: Mapping[str, Any]) -> str | None:
    try:
        request = urllib.request.Request(
            address,
            data=json.dumps(body, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
        with _OPENER.open(request, timeout=SECONDS_TO_ANSWER):
            return None
    except urllib.error.HTTPError as error:
        error.close()
        return f"the server answered {error.code}"
    # Messages of these may hold the address, so only their kind is told.
    except urllib.error.URLError as error:
        return f"no connection ({type(error.reason).__name__})"
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"no answer ({type(error).__name__})"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """An alert goes where it was meant to go, or nowhere."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)
