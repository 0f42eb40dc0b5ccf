"""Each line must be refused by a type checker: mypy tells of an `ignore` that was not needed."""

from loopwright_client import Client
from loopwright_client.api.loops import find_loops

client = Client(base_url="http://localhost")
find_loops.sync(client=client, max_difficulty="T9")  # type: ignore[arg-type]
find_loops.sync(client=client, direction="north")  # type: ignore[arg-type]
find_loops.sync(client=client, count="3")  # type: ignore[arg-type]
find_loops.sync(client=client, distance="8km")  # type: ignore[call-arg]
