"""Asks the server at argv[1] with the generated client, and prints what came as one line of JSON."""

import json
import sys

from loopwright_client import Client
from loopwright_client.api.loops import find_loops, get_loop, get_loop_gpx
from loopwright_client.models import Loops, Problem, SingleLoop

client = Client(base_url=sys.argv[1])
found = find_loops.sync(client=client, near="Alderby", drive="10km", length="8km", count=3, max_difficulty="T3")
assert isinstance(found, Loops)
first = found.features[0]
one = get_loop.sync(first.id, client=client)
assert isinstance(one, SingleLoop)
gpx = get_loop_gpx.sync(first.id, client=client)
assert isinstance(gpx, str)
refused = find_loops.sync(client=client, length="8km")
assert isinstance(refused, Problem)
print(
    json.dumps(
        {
            "loops": len(found.features),
            "sameLength": one.properties.length_meters == first.properties.length_meters,
            "gpx": gpx.strip()[-6:],
            "refused": [refused.type_, refused.status],
        }
    )
)
