"""What is wrong with a message, found by comparing it with what the protocol's types make of it."""

import json


def problems(sent, message, converter):
    """Differences between the JSON that was sent and the same message read and written again.

    The library's types drop properties that the specification does not have and turn wrong types into right ones, so
    both show as a difference.
    """
    # By way of text, because an enumeration's value is written as what it stands for.
    again = json.loads(json.dumps(converter.unstructure(message, unstructure_as=type(message))))
    return list(_differences("", sent, again))


def _differences(path, sent, again):
    if isinstance(sent, dict) and isinstance(again, dict):
        for key in sent.keys() - again.keys():
            yield f"{path}/{key}: the specification does not have it, or not with the value {sent[key]!r}"
        for key in sent.keys() & again.keys():
            yield from _differences(f"{path}/{key}", sent[key], again[key])
    elif isinstance(sent, list) and isinstance(again, (list, tuple)):
        if len(sent) != len(again):
            yield f"{path}: {len(sent)} items, of which {len(again)} can be read"
        for number, (left, right) in enumerate(zip(sent, again)):
            yield from _differences(f"{path}/{number}", left, right)
    elif type(sent) is not type(again) or sent != again:
        yield f"{path}: {sent!r} is no valid value"
