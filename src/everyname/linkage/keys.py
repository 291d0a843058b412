"""Keys: by what candidates for one person are looked up, family by family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import polars as pl

from everyname.linkage.name_columns import MOST_PARTS
from everyname.linkage.rarity import PACKED_MODULUS
from everyname.linkage.traits import FURTHER, Traits

# Words of a further field, such as an address, that are keys of their own.
MOST_WORDS = 6
SHORTEST_WORD = 3
# Codes up to this length also find each other with their signs in another order.
LONGEST_CODE = 12
_SEED = 613


def families(traits: Traits, new_from: int | None = None) -> Iterator[tuple[str, pl.DataFrame]]:
    """Give the keys of records, one family after another.

    Parameters
    ----------
    traits
        The records.
    new_from
        Only keys that a record numbered from here on has; None for all.

    Yields
    ------
    tuple of str and polars.DataFrame
        Name of the family, and ``id``, ``key`` (UInt64), each pair once: records that share a key
        are candidates. No key stands in two families.
    """
    # A key is shared where all it is made of is shared: what no new record states makes none.
    names = _shared(_name_parts(traits), new_from)
    facts = {name: _shared(values, new_from) for name, values in _facts(traits).items()}
    words = _shared(_words(traits), new_from)
    facts = {name: values for name, values in facts.items() if values.height}
    for family, made in _families(traits, names, facts, words):
        if made.height:
            keyed = made.select("id", key=_key(family, [c for c in made.columns if c != "id"]))
            yield family, _shared(keyed, new_from).unique()


def _shared(made: pl.DataFrame, new_from: int | None) -> pl.DataFrame:
    """Rows whose columns, but for the id, stand in a new record as well; all without one."""
    if new_from is None:
        return made
    columns = [column for column in made.columns if column != "id"]
    new = made.filter(pl.col("id") >= new_from).select(columns).unique()
    return made.join(new, on=columns, how="semi")


def _families(
    traits: Traits, names: pl.DataFrame, facts: dict[str, pl.DataFrame], words: pl.DataFrame
) -> Iterator[tuple[str, pl.DataFrame]]:
    if names.height:
        whole = traits.frame.select(id="unique_id", value="bones").drop_nulls()
        yield "whole name", whole
        yield "part of name", names
        two = names.join(names, on="id", suffix="_2").filter(pl.col("part") < pl.col("part_2"))
        yield "two parts of name", two
        for fact, values in facts.items():
            yield f"name, {fact}", names.join(values, on="id")
        for field, code in _codes(traits):
            yield f"name, signs of {field}", names.join(code, on="id")
    for fact, values in _plain(facts):
        yield fact, values
    for (one, a), (other, b) in combinations(_plain(facts), 2):
        yield f"{one}, {other}", a.join(b, on="id", suffix="_2")
    if words.height:
        yield "word", words.select("id", "field", "word")
        same = words.join(words, on=["id", "field"], suffix="_2")
        yield "two words", same.filter(pl.col("word") < pl.col("word_2"))
        if names.height:
            yield "word, name", words.join(names, on="id")
        for fact in ("birth", "place", "day"):
            if fact in facts:
                yield f"word, {fact}", words.join(facts[fact], on="id")
    yield from _three(facts)


def _key(family: str, columns: Sequence[str]) -> pl.Expr:
    return pl.struct(pl.lit(family).alias("family"), *columns).hash(_SEED)


def _name_parts(traits: Traits) -> pl.DataFrame:
    """Skeletons of each name's parts, the rarest first, no more than `MOST_PARTS`."""
    parts = (
        traits.frame.select(id="unique_id", part="tokens")
        .filter(pl.col("part").list.len() > 0)
        .explode("part")
    )
    rarest = pl.col("part").mod(PACKED_MODULUS).rank("ordinal", descending=True).over("id")
    return parts.filter(rarest <= MOST_PARTS) if parts.height else parts


def _facts(traits: Traits) -> dict[str, pl.DataFrame]:
    """What else a record states, coarsely, under several readings where it is a number."""
    frame = traits.frame
    found = {
        "birth": frame.select(id="unique_id", value="born_low"),
        "birth year": frame.select(
            id="unique_id", value=pl.col("born_low").cast(pl.Date).dt.year()
        ),
        # Of two neighbouring days or ages, half the pairs share the first key, half the second.
        "day": frame.select(id="unique_id", value=pl.col("date_low") // 2),
        "day, shifted": frame.select(id="unique_id", value=(pl.col("date_low") + 1) // 2),
        "age": frame.select(id="unique_id", value=pl.col("age_low") // 2),
        "age, shifted": frame.select(id="unique_id", value=(pl.col("age_low") + 1) // 2),
        "place": frame.select(id="unique_id", value="place"),
        "area": frame.select(id="unique_id", value=pl.col("place_parts").list.last()),
        **{field: frame.select(id="unique_id", value=field) for field in FURTHER},
    }
    return {name: those for name, f in found.items() if (those := f.drop_nulls()).height}


def _plain(facts: dict[str, pl.DataFrame]) -> list[tuple[str, pl.DataFrame]]:
    coarse = {"birth year", "day, shifted", "age, shifted", "age", "area"}
    return [(name, values) for name, values in facts.items() if name not in coarse]


def _three(facts: dict[str, pl.DataFrame]) -> Iterator[tuple[str, pl.DataFrame]]:
    """Day, area or place, and age or sex: for records without names."""
    for day in ("day", "day, shifted"):
        for where in ("place", "area"):
            for who in ("age", "age, shifted"):
                if {day, where, who} <= facts.keys():
                    two = facts[day].join(facts[where], on="id", suffix="_2")
                    yield f"{day}, {where}, {who}", two.join(facts[who], on="id", suffix="_3")


def _words(traits: Traits) -> pl.DataFrame:
    """Words of further fields, in columns ``id``, ``field``, ``word``."""
    found = []
    for field in FURTHER:
        split = (
            pl.col(field)
            .str.split(" ")
            .list.eval(pl.element().filter(pl.element().str.len_chars() >= SHORTEST_WORD))
        )
        several = traits.frame.select(id="unique_id", field=pl.lit(field), word=split).drop_nulls()
        several = (
            several.with_columns(
                pl.col("word").list.unique(maintain_order=True).list.head(MOST_WORDS)
            )
            .explode("word")
            .drop_nulls()
        )
        if several.height:
            found.append(several)
    schema = {"id": pl.Int64, "field": pl.String, "word": pl.String}
    return pl.concat(found) if found else pl.DataFrame(schema=schema)


def _codes(traits: Traits) -> Iterator[tuple[str, pl.DataFrame]]:
    """Signs of short codes in alphabetical order: 3169 and 3196 are one."""
    for field in FURTHER:
        signs = pl.col(field).str.replace_all(" ", "")
        texts = traits.frame.select(id="unique_id", value=signs).drop_nulls()
        texts = texts.filter(pl.col("value").str.len_chars() <= LONGEST_CODE)
        if texts.height:
            yield field, texts.with_columns(pl.col("value").str.split("").list.sort().list.join(""))
