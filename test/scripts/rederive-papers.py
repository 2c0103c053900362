"""Derives the papers of a publication file from the text of bank/assembly/README.md alone.

Usage: python3 rederive-papers.py FILE; prints one JSON object with the hashes it arrives at.
"""

import hashlib
import hmac
import itertools
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


def enemies_of(items):
    return [name for item in items for name in item.get("enemies", [])]


def is_once(values):
    return len(set(values)) == len(values)


def choices_of(cell, description, snapshot):
    """A list of (questions, how many), one for each level; None where the description may not fill the cell."""
    levels = cell["passage"]["levels"]
    choices = []
    for level in ("KNOW", "UNDERSTAND", "APPLY", "APPLY_HIGH"):
        among = [
            item
            for item in snapshot
            if item.get("stimulus") == description["item"]
            and (item["topic"], item["kind"], item["level"]) == (cell["topic"], cell["kind"], level)
        ]
        if level in levels:
            choices.append((among, levels.count(level)))
    made = itertools.product(*(itertools.combinations(among, k) for among, k in choices))
    for one in made:
        if is_once(enemies_of([description, *itertools.chain(*one)])):
            return choices
    return None


def passages_of(cell, snapshot):
    found = [(item, choices_of(cell, item, snapshot)) for item in snapshot if item["kind"] == "description"]
    return [(item, choices) for item, choices in found if choices is not None]


def groups_of(publication):
    """Lists of [name, possible (item, choices), cells]; a question has no choices."""
    groups = []
    for part, described in enumerate(publication["blueprint"]["parts"]):
        for cell in described["cells"]:
            if "passage" in cell:
                possible = passages_of(cell, publication["snapshot"])
                name = (cell["topic"], cell["kind"], sorted(cell["passage"]["levels"]))
            else:
                possible = [(item, None) for item in publication["snapshot"] if fits(cell, item)]
                name = [item["item"] for item, _ in possible]
            same = [group for group in groups if group[0] == name]
            if same:
                same[0][2].append((cell, part))
            else:
                groups.append([name, possible, [(cell, part)]])
    return groups


def cards_of(cell):
    return cell["count"] // len(cell["passage"]["levels"]) if "passage" in cell else cell["count"]


def select(groups, numbers):
    while True:
        chosen, descriptions, single = [], [], []
        for _, possible, cells in groups:
            drawn = []
            for item, choices in numbers.take(possible, sum(cards_of(cell) for cell, _ in cells)):
                if choices is None:
                    drawn.append(item)
                    single.append(item)
                    continue
                descriptions.append(item)
                for among, k in choices:
                    drawn += numbers.take(among, k)
            for cell, part in cells:
                chosen += [(item, cell, part) for item in drawn[: cell["count"]]]
                drawn = drawn[cell["count"] :]
        items = [item for item, _, _ in chosen] + descriptions
        ids = [item["item"] for item in items]
        apart = all(item.get("stimulus") not in {one["item"] for one in descriptions} for item in single)
        if is_once(ids) and is_once(enemies_of(items)) and apart:
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
