"""What a check comes to, from its rows: what is open, what was paid, and the two together. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from kiosk.checks import rules
from kiosk.checks.models import Check, CheckDiscount, CheckLine, Dining, LineState
from kiosk.checks.parting import plus
from kiosk.checks.rules import Discount, LineSum, Priced, Service, ServiceSum, Sums, TaxRules
from kiosk.checks.summing import added_up
from kiosk.core.models import Venue
from kiosk.core.money import Money

Doc = dict[str, Any]


@dataclass(frozen=True)
class Charging:
    """What a check is reckoned with: the house, and the tax on its service charge for eating in and taking away."""

    venue: Venue
    service_tax: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class PaidShare:
    """A share that was paid while others were open: what it took, of which lines it paid the last, its receipt."""

    sums: Sums
    counted: frozenset[int]
    receipt_id: int | None


@dataclass(frozen=True)
class Reckoning:
    """A check reckoned up: `open` is still to pay, `shares` are paid; `whole` is both.

    `is_kept` says that the open bill is what the last share left of it.
    """

    open: Sums
    discounts: Sequence[CheckDiscount] = ()
    service: Service | None = None
    shares: Sequence[PaidShare] = field(default_factory=tuple)
    is_kept: bool = False

    @property
    def whole(self) -> Sums:
        whole = self.open
        for share in self.shares:
            whole = plus(whole, share.sums)
        return whole


@dataclass(frozen=True)
class Around:
    """A check reckoned up, with all its lines and what it was reckoned with."""

    lines: Sequence[CheckLine]
    charging: Charging
    reckoning: Reckoning

    def reckoned_again(self, check: Check, discounts: Sequence[CheckDiscount]) -> Reckoning:
        """The check with other discounts."""
        return reckon(check, self.lines, discounts, self.charging)


def tax_rules(venue: Venue) -> TaxRules:
    """The venue's settings as the sums need them."""
    return TaxRules(venue.prices_include_tax, venue.tax_per_line, venue.rounding)


def charges_service(check: Check, venue: Venue) -> bool:
    """Whether there is a service charge: one set by hand, else the house's, which is for parties that eat in."""
    if check.service_ppm is not None:
        return check.service_ppm > 0
    is_meant = check.dining is Dining.EAT_IN and check.covers >= venue.service_from_covers
    return is_meant and bool(venue.service_ppm or venue.service_per_cover)


def service_of(check: Check, charging: Charging) -> Service | None:
    """The service charge as the sums need it; by covers, what paid shares bore of it is off."""
    venue = charging.venue
    if not charges_service(check, venue):
        return None
    tax = charging.service_tax[check.dining is Dining.TAKE_AWAY]
    if check.service_ppm is not None:
        return Service(check.service_ppm, 0, tax)
    fixed = max(venue.service_per_cover * check.covers - check.service_paid, 0)
    return Service(venue.service_ppm, fixed, tax)


def reckon(
    check: Check, lines: Sequence[CheckLine], discounts: Sequence[CheckDiscount], charging: Charging
) -> Reckoning:
    """Reckon a check up. A bill that was split is what its shares left of it, as long as nothing changed."""
    bill = _inputs(check, lines, discounts, charging)
    kept = check.open_bill
    if not kept:
        return Reckoning(bill.summed(), discounts, bill.service)
    rates = {line.id: line.rate_ppm for line in lines}
    keys = [one.id for one in discounts]
    shares = [_share(doc, keys, rates) for doc in kept["shares"]]
    is_kept = kept["basis"] == bill.digest()
    left = _read(kept, keys, rates) if is_kept else bill.summed()
    return Reckoning(left, discounts, bill.service, shares, is_kept)


@dataclass(frozen=True)
class _Inputs:
    """All that the sums of what is open are made of."""

    lines: list[Priced]
    discounts: list[Discount]
    service: Service | None
    rules: TaxRules

    def summed(self) -> Sums:
        return rules.sums(self.lines, self.rules, discounts=self.discounts, service=self.service)

    def digest(self) -> str:
        """The same for the same inputs."""
        told = json.dumps([astuple(one) for one in (*self.lines, *self.discounts, self.service, self.rules) if one])
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def _inputs(
    check: Check, lines: Sequence[CheckLine], discounts: Sequence[CheckDiscount], charging: Charging
) -> _Inputs:
    priced = [_priced(line) for line in lines if _is_open(line)]
    service = service_of(check, charging)
    return _Inputs(priced, [_discount(one) for one in discounts], service, tax_rules(charging.venue))


def _is_open(line: CheckLine) -> bool:
    return line.state is not LineState.VOIDED and (line.amount > line.paid or not line.amount)


def _priced(line: CheckLine) -> Priced:
    amount = line.amount - line.paid
    return Priced(amount, line.rate_ppm, amount if line.comped_at else 0, line.id)


def _discount(one: CheckDiscount) -> Discount:
    left = None if one.amount is None else one.amount - one.taken
    return Discount(one.rate_ppm, left, one.line_id, one.id)


def keep(
    check: Check,
    around: Around,
    shares: Sequence[PaidShare],
    left: Sums | None,
) -> Doc:
    """What is left of a bill after a share of it, with the shares so far, as the check keeps it until it changes.

    Without `left` only the shares are kept; what is open is summed afresh.
    """
    discounts = around.reckoning.discounts
    keys = [one.id for one in discounts]
    told = [_share_doc(one, keys) for one in shares]
    if left is None:
        return {"basis": "", "shares": told}
    basis = _inputs(check, around.lines, discounts, around.charging).digest()
    return {"basis": basis, "shares": told, **_doc(left, keys)}


def _doc(some: Sums, keys: Sequence[int]) -> Doc:
    lines = {str(row.key): [row.amount, row.less, row.net, row.tax, *row.off] for row in some.by_line}
    charge = some.service
    service = charge and [charge.rate_ppm, charge.net, charge.tax, charge.fixed]
    return {"lines": lines, "service": service, "discounts": list(keys)}


def _read(doc: Doc, keys: Sequence[int], rates: Mapping[int, int]) -> Sums:
    rows = (_row(int(key), row, doc["discounts"], keys, rates) for key, row in doc["lines"].items())
    charge = doc["service"]
    return added_up(rows, charge and ServiceSum(*charge))


def _row(key: int, row: Sequence[Money], had: Sequence[int], keys: Sequence[int], rates: Mapping[int, int]) -> LineSum:
    amount, less, net, tax, *off = row
    by_discount = dict(zip(had, off, strict=False))
    return LineSum(rates[key], net, tax, amount, less, key, tuple(by_discount.get(one, 0) for one in keys))


def _share_doc(share: PaidShare, keys: Sequence[int]) -> Doc:
    return {"receipt": share.receipt_id, "counted": sorted(share.counted), **_doc(share.sums, keys)}


def _share(doc: Doc, keys: Sequence[int], rates: Mapping[int, int]) -> PaidShare:
    return PaidShare(_read(doc, keys, rates), frozenset(doc["counted"]), doc["receipt"])
