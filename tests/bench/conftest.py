"""What is measured runs on the event loop that the kiosk serves on."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping

import pytest
import uvicorn


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """The server's own choice: uvloop wherever it is installed, which is wherever NiceGUI is but on Windows."""
    factory = uvicorn.Config(app="").get_loop_factory()
    assert factory
    return {factory.__name__: factory}
