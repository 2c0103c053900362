"""Derives the papers of a publication file from the text of bank/assembly/README.md alone.

Usage: python3 rederive-papers.py FILE; prints one JSON object with the hashes it arrives at.
"""

import hashlib
import hmac
import json
import sys


def lp(*parts):
    joined = b""
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8")
        joined += len(data).to_bytes(4, "big") + data
    return joined


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def digest(value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Generator:
    def __init__(self, digits):
        key = digits.encode("ascii")
        self.s = list(range(256))
        j = 0
        for i in range(256):
            j = (j + self.s[i] + key[i % 64]) % 256
            self.s[i], self.s[j] = self.s[j], self.s[i]
        self.i = self.j = 0
        for _ in range(256):
            self.byte()

    def byte(self):
        s = self.s
        self.i = (self.i + 1) % 256
        self.j = (self.j + s[self.i]) % 256
        s[self.i], s[self.j] = s[self.j], s[self.i]
        return s[(s[self.i] + s[self.j]) % 256]

    def number(self):
        return int.from_bytes(bytes(self.byte() for _ in range(4)), "big")

    def below(self, n):
        limit = 2**32 // n * n
        while True:
            value = self.number()
            if value < limit:
                return value % n

    def take(self, entries, k):
        copy = list(entries)
        for i in range(k):
            j = i + self.below(len(copy) - i)
            copy[i], copy[j] = copy[j], copy[i]
        return copy[:k]

    def shuffle(self, entries):
        return self.take(entries, len(entries))


def fits(cell, item):
    if item["kind"] == "description":
        return False
    if "items" in cell:
        return item["item"] in cell["items"]
    return all(item[field] == cell[field] for field in ("topic", "level", "kind"))


def groups_of(publication):
    groups = []
    for part, described in enumerate(publication["blueprint"]["parts"]):
        for cell in described["cells"]:
            possible = [item for item in publication["snapshot"] if fits(cell, item)]
            same = [group for group in groups if group[0] == possible]
            if same:
                same[0][1].append((cell, part))
            else:
                groups.append((possible, [(cell, part)]))
    return groups


def select(groups, numbers):
    while True:
        chosen = []
        for possible, cells in groups:
            drawn = numbers.take(possible, sum(cell["count"] for cell, _ in cells))
            for cell, part in cells:
                chosen += [(item, cell, part) for item in drawn[: cell["count"]]]
                drawn = drawn[cell["count"] :]
        if len({item["item"] for item, _, _ in chosen}) == len(chosen):
            return chosen


def slot(item, cell, part):
    return {
        "item": item["item"],
        "version": item["version"],
        "kind": item["kind"],
        "cell": cell and cell["id"],
        "part": part,
        "points": cell["points"] if cell else 0,
    }


def paper_of(publication, groups, exam_seed, attempt, redraw):
    seed = mac(exam_seed, lp("niem/paper/1", publication["exam"], attempt, str(redraw)))

    def stream(name):
        return Generator(mac(seed, lp("niem/stream/1", name)).hex())

    items = {item["item"]: item for item in publication["snapshot"]}
    chosen = select(groups, stream("selection"))
    order = stream("item-order")
    slots = []
    for part in range(len(publication["blueprint"]["parts"])):
        units = {}
        mine = [one for one in chosen if one[2] == part]
        for one in sorted(mine, key=lambda one: one[0]["item"].encode("utf-8")):
            units.setdefault(one[0].get("stimulus", one[0]["item"]), []).append(one)
        for unit in order.shuffle(list(units.values())):
            if "stimulus" in unit[0][0]:
                slots.append(slot(items[unit[0][0]["stimulus"]], None, part))
            slots += [slot(item, cell, part) for item, cell, _ in order.shuffle(unit)]
    options = stream("option-order")
    for one in slots:
        item = items[one["item"]]
        moving = options.shuffle([part for part in item["parts"] if part not in item["pinned"]])
        one["order"] = [part if part in item["pinned"] else moving.pop(0) for part in item["parts"]]
    return {"slots": slots}


def main(path):
    with open(path, encoding="utf-8") as file:
        publication = json.load(file)
    exam, seed = publication["exam"], publication["seed"]
    r, salt = bytes.fromhex(seed["r"]), bytes.fromhex(seed["salt"])
    exam_seed = mac(r, lp("niem/exam-seed/1", exam, publication["manifestHash"]))
    groups = groups_of(publication)
    papers, taken = [], set()
    attempts = [paper["attempt"] for paper in publication["papers"]]
    for attempt in sorted(attempts, key=lambda one: one.encode("utf-8")):
        redraw = 0
        while (found := digest(paper_of(publication, groups, exam_seed, attempt, redraw))) in taken:
            redraw += 1
        taken.add(found)
        papers.append({"attempt": attempt, "redraw": redraw, "paperHash": found})
    print(
        json.dumps(
            {
                "commitment": hashlib.sha256(lp("niem/seed-commitment/1", exam, r, salt)).hexdigest(),
                "snapshotHash": digest(publication["snapshot"]),
                "blueprintHash": digest(publication["blueprint"]),
                "rosterRoot": digest(sorted(attempts)),
                "manifestHash": digest(publication["manifest"]),
                "papers": papers,
            }
        )
    )


main(sys.argv[1])
