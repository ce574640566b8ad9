#!/usr/bin/env python3
"""Golden cases for GB/T 42195-2022: a second, independent sum.

Written from the tables of the norm as printed here, in another language, reading neither the engine nor the scale file.
Run by hand when the norm changes:  python3 engines/scale/golden/make.py
The tests read only the emitted JSON; nothing runs this script.
"""
import json
import pathlib
import random

SEED = 42195

# item: largest number of points. 8 x 4 = 32, 15, 28, 15; together 90.
B1 = {f"B.1.{i}": 4 for i in range(1, 9)}
B2 = {"B.2.1": 4, "B.2.2": 4, "B.2.3": 4, "B.2.4": 3}
B3 = {"B.3.1": 4, "B.3.2": 4, "B.3.3": 4, "B.3.4": 4, "B.3.5": 4, "B.3.6": 4, "B.3.7": 1, "B.3.8": 1, "B.3.9": 2}
B4 = {"B.4.1": 2, "B.4.2": 2, "B.4.3": 4, "B.4.4": 3, "B.4.5": 4}
GROUPS = {"B1": B1, "B2": B2, "B3": B3, "B4": B4}
TOP = {**B1, **B2, **B3, **B4}
assert [sum(g.values()) for g in GROUPS.values()] == [32, 15, 28, 15] and sum(TOP.values()) == 90 and len(TOP) == 26

EVENTS = ["fall", "wandering", "choking", "self_harm", "other_event"]
rng = random.Random(SEED)


def level_of_total(total):
    if total == 90:
        return 0
    if total > 65:
        return 1
    if total > 45:
        return 2
    if total > 29:
        return 3
    return 4


def spread(total, ceiling=None):
    """Points of 26 items adding up to `total`, lowered one by one at random."""
    points = dict(ceiling or TOP)
    surplus = sum(points.values()) - total
    assert surplus >= 0
    while surplus:
        item = rng.choice([k for k, v in points.items() if v > 0])
        points[item] -= 1
        surplus -= 1
    return points


def case(name, points, coma=False, dementia=False, mental=False, events=None, refused=(), absent=()):
    events = {**{e: 0 for e in EVENTS}, **(events or {})}
    answers = {"A.reason": "first", "A.informant": "child", "A.coma": "yes" if coma else "no"}
    diagnoses = (["dementia"] if dementia else []) + (["mental"] if mental else [])
    answers["A.diagnoses"] = diagnoses or ["none"]
    for event, times in events.items():
        answers["A.event." + event] = "3+" if times >= 3 else str(times)
    for item, value in points.items():
        if item == "B.3.9" and value == 0:
            answers[item] = "0-coma" if coma else "0-stupor"
        else:
            answers[item] = str(value)
    for item in refused:
        answers[item] = {"refused": True, "reason": "不愿回答"}
    for item in absent:
        del answers[item]
    if refused or absent:
        expect = {"status": "incomplete", "missing": sorted(absent), "refused": sorted(refused)}
        return {"name": name, "answers": answers, "expect": expect}
    sums = {g: sum(points[i] for i in items) for g, items in GROUPS.items()}
    total = sum(points.values())
    initial = level_of_total(total)
    reasons = ["U1"] * coma + ["U2"] * dementia + ["U3"] * mental + ["U4"] * (sum(events.values()) >= 2)
    if coma:
        final = 4
    elif reasons:
        final = min(4, initial + 1)
    else:
        final = initial
    expect = {"status": "complete", "dimensions": sums, "total": total, "initial": initial, "reasons": reasons, "final": final}
    return {"name": name, "answers": answers, "expect": expect}


def borders():
    out = []
    for total in (0, 1, 28, 29, 30, 31, 44, 45, 46, 47, 64, 65, 66, 67, 88, 89, 90):
        for i in range(1 if total in (0, 90) else 3):
            out.append(case(f"border {total} #{i + 1}", spread(total)))
    return out


def combinations():
    """All 16 sets of U1..U4 at each of the five levels and at both sides of every border."""
    out = []
    ceiling = {**TOP, "B.3.9": 0}
    for total in (88, 66, 65, 46, 45, 30, 29, 0):
        for mask in range(16):
            coma, dementia, mental, risk = (bool(mask & bit) for bit in (1, 2, 4, 8))
            name = f"total {total} with " + ("".join(f" U{i + 1}" for i in range(4) if mask & (1 << i)) or " no reason").strip()
            points = spread(total, ceiling) if coma else spread(total)
            out.append(case(name, points, coma, dementia, mental, {rng.choice(EVENTS): rng.choice([2, 3])} if risk else None))
    for mask in range(1, 8):
        dementia, mental, risk = (bool(mask & bit) for bit in (1, 2, 4))
        out.append(case(f"total 90 with reasons {mask}", dict(TOP), False, dementia, mental, {"fall": 2} if risk else None))
    return out


def events():
    out = []
    for first in EVENTS:
        out.append(case(f"one event only: {first}", spread(70), events={first: 1}))
        out.append(case(f"two of one kind: {first}", spread(70), events={first: 2}))
        other = EVENTS[(EVENTS.index(first) + 1) % 5]
        out.append(case(f"one {first} and one {other}", spread(70), events={first: 1, other: 1}))
    out.append(case("one of every kind", spread(50), events={e: 1 for e in EVENTS}))
    return out


def open_forms():
    out = []
    for item in ("B.1.1", "B.2.4", "B.3.8", "B.3.9", "B.4.5", "A.diagnoses", "A.event.fall"):
        out.append(case(f"refused {item}", spread(60), refused=[item]))
        out.append(case(f"missing {item}", spread(60), absent=[item]))
    out.append(case("refused at zero points", spread(0), refused=["B.1.3"]))
    out.append(case("refused and missing", spread(60), refused=["B.3.4"], absent=["B.1.6", "B.4.1"]))
    return out


def drawn(count):
    out = []
    for i in range(count):
        points = {item: rng.randint(0, top) for item, top in TOP.items()}
        coma = i % 10 == 0
        if coma:
            points["B.3.9"] = 0
        risk = {rng.choice(EVENTS): rng.randint(0, 3)}
        out.append(case(f"drawn {i + 1}", points, coma, rng.random() < 0.3, rng.random() < 0.2, risk))
    return out


if __name__ == "__main__":
    folder = pathlib.Path(__file__).resolve().parent.parent / "src" / "golden"
    for name, cases in (("borders", borders()), ("adjustments", combinations()), ("events", events()), ("open", open_forms()), ("drawn", drawn(60))):
        body = ",\n".join(json.dumps(c, ensure_ascii=False) for c in cases)
        (folder / f"gbt42195-{name}.json").write_text(f'{{"seed": {SEED}, "madeBy": "engines/scale/golden/make.py", "cases": [\n{body}\n]}}\n', encoding="utf-8")
        print(name, len(cases))
