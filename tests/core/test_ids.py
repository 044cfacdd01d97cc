from kiosk.core.ids import IdMaker


def test_ids_grow_and_fit_a_browsers_whole_numbers() -> None:
    make = IdMaker(31)
    made = [make() for _ in range(20_000)]
    assert made == sorted(set(made))
    assert made[-1] < 2**53


def test_ids_go_on_after_those_of_a_clock_that_was_ahead() -> None:
    day = 24 * 3600 * 1000 * 32 * 128
    ahead = IdMaker(0)() + day
    make = IdMaker(0)
    make.begin_after(ahead)
    assert ahead < make() < make() < ahead + day // 1000
    make.begin_after(ahead - day)
    assert make() > ahead


def test_two_nodes_never_make_the_same_id() -> None:
    one, other = IdMaker(0), IdMaker(1)
    assert not {one() for _ in range(5_000)} & {other() for _ in range(5_000)}
