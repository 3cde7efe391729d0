from __future__ import annotations

from collections.abc import Callable

import pytest
from small_home import release

from ingest.home import Home
from orchestration.publishing import read_publication
from orchestration.refresh_state import is_up_to_date


def test_state_is_current_only_when_inputs_models_and_file_agree(home: Home) -> None:
    def is_current(inputs: str, model_version: str) -> bool:
        return is_up_to_date(home, inputs=inputs, model_version=model_version)

    inputs = read_publication(home.candidate_db).inputs
    assert not is_current(inputs, "m1")
    release(home)

    assert is_current(inputs, "m1")
    assert not is_current("other documents", "m1")
    assert not is_current(inputs, "m2")
    home.refresh_state.write_text("cut sh")
    assert not is_current(inputs, "m1")


@pytest.mark.parametrize(
    "harm",
    [
        lambda home: home.published_db.unlink(),
        lambda home: home.published_db.write_bytes(b"damaged" * 100),
        lambda home: (home.exports_dir / "latest").unlink(),
        lambda home: (home.exports_dir / "latest" / "csv" / "verdicts.csv.gz").unlink(),
    ],
)
def test_state_is_not_current_when_what_is_published_is_gone_or_damaged(
    home: Home, harm: Callable[[Home], None]
) -> None:
    inputs = read_publication(home.candidate_db).inputs
    release(home)

    harm(home)

    assert not is_up_to_date(home, inputs=inputs, model_version="m1")
