"""Killed while events come in: what was acknowledged is there, once."""

import http.client
import random
import sqlite3
import threading
import urllib.error

from monitor import Monitor, id_of, logs, midnight, prediction


def test_nothing_acknowledged_is_lost(program, folder):
    source = random.Random(11)
    records = [prediction("loan", midnight(-1) + i % 3600, {"age": i % 50}, {"y": 0.5}) for i in range(6000)]
    batches = [records[i : i + 40] for i in range(0, len(records), 40)]
    acknowledged, lock = set(), threading.Lock()
    with Monitor(program, folder) as m:
        for _ in range(6):
            left = [b for b in batches if id_of(b[0]) not in acknowledged]
            enough = threading.Semaphore(0)

            def send(part):
                for batch in part:
                    try:
                        if m.request("POST", "/v1/logs", logs(batch))[0] != 200:
                            return
                    except (OSError, urllib.error.URLError, http.client.HTTPException):
                        return
                    finally:
                        enough.release()
                    with lock:
                        acknowledged.update(id_of(r) for r in batch)

            threads = [threading.Thread(target=send, args=(left[i::3],)) for i in range(3)]
            for thread in threads:
                thread.start()
            for _ in range(source.randint(3, 20)):
                enough.acquire()
            m.kill()
            for thread in threads:
                thread.join()
            stored = sqlite3.connect(f"{folder}/data/monitor.db")
            ids = {row[0].hex() for row in stored.execute("SELECT id FROM events")}
            stored.close()
            missing = {i for i in acknowledged if i.replace("-", "") not in ids}
            assert not missing, f"{len(missing)} of {len(acknowledged)} acknowledged events are gone"
            m.start()
            # The summaries are those of the events that are there.
            if ids:
                assert sum(m.ask("/api/models/loan")["volume"]["predictions"]) == len(ids)
        for batch in batches:
            m.send(batch)
        assert sum(m.ask("/api/models/loan")["volume"]["predictions"]) == len(records)
