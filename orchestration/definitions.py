"""What `workspace.yaml` loads: the definitions for the settings of the environment.

Importing this module builds them, which prepares the home that GONGKAI_HOME names; who has other
settings calls `code_location.build_definitions`.
"""

from __future__ import annotations

from orchestration.code_location import build_definitions

defs = build_definitions()
