"""What every slice's `page.register` is given: the parts of a running kiosk that it adds its own to."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI
from socketio import AsyncServer

from kiosk.core.db import Database
from kiosk.core.settings import Settings
from kiosk.ui.gesture import Acts, Views
from kiosk.ui.live import Live


@dataclass
class House:
    """One process for one venue: slices make their acts, views, news and pages known to it."""

    settings: Settings
    db: Database
    web: FastAPI
    sio: AsyncServer
    acts: Acts
    views: Views
    live: Live
