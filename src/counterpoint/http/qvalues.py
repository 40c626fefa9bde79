"""What a client accepts, with its weights (RFC 9110, section 12.4.2)."""


def parse_qvalue(text: str) -> float:
    """Read a weight; what is none counts as not acceptable."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def parse_qvalues(header: str) -> dict[str, float]:
    """Read the members of a header, in lower case, with the weight of each; of equal ones the greatest."""
    members: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            given = (parse_qvalue(each[2:]) for each in parameters if each.startswith("q="))
            members[name] = max(next(given, 1.0), members.get(name, 0.0))
    return members
