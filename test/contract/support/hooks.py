"""What schemathesis cannot know from the document: which starts go together, and what the sample region holds.

Three of four requests get starts, lengths and ids of the sample region in place of what was drawn, and must be answered
with 200; grades, directions, counts and seeds stay as drawn. The fourth goes out as it was drawn. Every answer is written
down, one line of JSON each, for the test that counts them.
"""

import json
import os
import random

import schemathesis

with open(os.environ["CONTRACT_SAMPLE"], encoding="utf-8") as file:
    SAMPLE = json.load(file)
ANSWERS = open(os.environ["CONTRACT_ANSWERS"], "w", encoding="utf-8", buffering=1)
DRAW = random.Random(1)


def start() -> dict:
    way = DRAW.choice(["near", "point", "trailhead", "start"])
    if way == "near":
        return {"near": DRAW.choice(SAMPLE["places"]), "drive": DRAW.choice(["5km", "15min", "6mi", "0.5h"])}
    if way == "point":
        return {"near": DRAW.choice(SAMPLE["points"])}
    return {way: DRAW.choice(SAMPLE["trailheads" if way == "trailhead" else "junctions"])}


def size() -> dict:
    if DRAW.random() < 0.1:
        return {"days": DRAW.choice([2, 3]), "perDay": DRAW.choice(["4-9km", "3.5-6mi"])}
    return {"length": DRAW.choice(["2km", "5.5km", "8km", "15km", "6mi", "20km"])}


def ascents() -> dict:
    found = {}
    if DRAW.random() < 0.2:
        found["minAscent"] = DRAW.choice(["0m", "150m", "600ft"])
    if DRAW.random() < 0.2:
        found["maxAscent"] = DRAW.choice(["800m", "4000ft"])
    return found


DRAWN_STAY = ("maxDifficulty", "direction", "count", "seed")


def known_query(path: str, drawn: dict) -> dict:
    if path.startswith("/v1/loops"):
        return {**{k: v for k, v in drawn.items() if k in DRAWN_STAY}, **start(), **size(), **ascents()}
    if path == "/v1/trailheads":
        return {"near": DRAW.choice(SAMPLE["places"] + SAMPLE["points"]), "drive": DRAW.choice(["10km", "20min"])}
    if path == "/v1/places":
        name = DRAW.choice(SAMPLE["places"])
        return {**drawn, "q": name[: DRAW.randint(1, len(name))].strip()}
    return drawn


@schemathesis.hook
def before_call(ctx, case, kwargs):
    case.headers["X-Request-Id"] = "as-drawn-0"
    if DRAW.random() < 0.25:
        return
    case.headers["X-Request-Id"] = "of-sample-0"
    if "{id}" in case.path:
        case.path_parameters["id"] = DRAW.choice(SAMPLE["loops"])
    elif case.query or case.path != "/v1/regions":
        case.query = known_query(case.path, dict(case.query or {}))


@schemathesis.hook
def after_call(ctx, case, response):
    is_json = "json" in "".join(response.headers.get("content-type", []))
    answer = {
        "path": case.path,
        "query": dict(case.query or {}),
        "ofSample": case.headers.get("X-Request-Id") == "of-sample-0",
        "status": response.status_code,
        "problem": response.json().get("detail") if is_json and response.status_code >= 400 else None,
    }
    ANSWERS.write(json.dumps(answer) + "\n")
