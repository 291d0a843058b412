"""Arithmetic on four chains at once: four floats that the processor adds and multiplies as one.

A value of `lanes` holds a number of each of four chains. Exponential, logarithm and random
numbers are written out in additions and multiplications, so that four chains take the time of
one, and give the same bits on every machine, whatever its mathematical library.

References
----------
Blackman and Vigna (2021), ACM Transactions on Mathematical Software 47, 36 (xoshiro256+).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.core import cgutils
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model
from numpy.typing import NDArray

LANES = 4

Code: TypeAlias = Any
"""What numba and llvmlite hand over while code is made; neither ships types for it."""
Lanes: TypeAlias = Any
"""Four floats of four chains, in compiled code only."""


def made(function: Callable[..., Code]) -> Code:
    """Make a function of compiled code from one that writes its instructions."""
    return intrinsic(function)


_DOUBLES = ir.VectorType(ir.DoubleType(), LANES)
_WORDS = ir.VectorType(ir.IntType(64), LANES)
_PLACE = ir.IntType(32)


class LanesType(types.Type):
    """Four floats of four chains."""

    def __init__(self) -> None:
        super().__init__(name="lanes")


class WordsType(types.Type):
    """Four words of 64 bits of four chains."""

    def __init__(self) -> None:
        super().__init__(name="words")


lanes = LanesType()
words = WordsType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Code, kind: Code) -> None:
        super().__init__(manager, kind, _DOUBLES)  # type: ignore[no-untyped-call]


@register_model(WordsType)
class _WordsModel(models.PrimitiveModel):
    def __init__(self, manager: Code, kind: Code) -> None:
        super().__init__(manager, kind, _WORDS)  # type: ignore[no-untyped-call]


def _splat(builder: Code, value: Code) -> Code:
    vector = ir.Constant(ir.VectorType(value.type, LANES), ir.Undefined)
    for i in range(LANES):
        vector = builder.insert_element(vector, value, ir.Constant(_PLACE, i))
    return vector


_typed: Any = infer_global
_signature: Any = signature
_lower: Any = lower_builtin


def _arithmetic(function: Code, instruction: str) -> None:
    class Typing(ConcreteTemplate):
        cases = (
            _signature(lanes, lanes, lanes),
            _signature(lanes, lanes, types.float64),
            _signature(lanes, types.float64, lanes),
        )

    def generate(_: Code, builder: Code, sig: Code, arguments: Code) -> Code:
        left, right = (
            value if kind == lanes else _splat(builder, value)
            for value, kind in zip(arguments, sig.args, strict=True)
        )
        return getattr(builder, instruction)(left, right)

    _typed(function)(Typing)
    for one, other in ((lanes, lanes), (lanes, types.float64), (types.float64, lanes)):
        _lower(function, one, other)(generate)


_arithmetic(operator.add, "fadd")
_arithmetic(operator.sub, "fsub")
_arithmetic(operator.mul, "fmul")
_arithmetic(operator.truediv, "fdiv")


def _address(context: Code, builder: Code, sig: Code, arguments: Code, vector: Code) -> Code:
    array = context.make_array(sig.args[0])(context, builder, arguments[0])
    start = builder.gep(array.data, [arguments[1]])
    return builder.bitcast(start, vector.as_pointer())


@made
def load(_context: Code, x: Code, _i: Code) -> Code:
    """Read four floats of a contiguous array from place `i` on."""

    def generate(context: Code, builder: Code, sig: Code, arguments: Code) -> Code:
        place = _address(context, builder, sig, arguments, _DOUBLES)
        return builder.load(place, align=8)

    return lanes(x, types.intp), generate


@made
def store(_context: Code, x: Code, _i: Code, _value: Code) -> Code:
    """Write four floats to a contiguous array from place `i` on."""

    def generate(context: Code, builder: Code, sig: Code, arguments: Code) -> Code:
        place = _address(context, builder, sig, arguments, _DOUBLES)
        builder.store(arguments[2], place, align=8)
        return context.get_dummy_value()

    return types.void(x, types.intp, lanes), generate


@made
def load_words(_context: Code, x: Code, _i: Code) -> Code:
    """Read four words of 64 bits from place `i` on."""

    def generate(context: Code, builder: Code, sig: Code, arguments: Code) -> Code:
        place = _address(context, builder, sig, arguments, _WORDS)
        return builder.load(place, align=8)

    return words(x, types.intp), generate


@made
def store_words(_context: Code, x: Code, _i: Code, _value: Code) -> Code:
    """Write four words of 64 bits from place `i` on."""

    def generate(context: Code, builder: Code, sig: Code, arguments: Code) -> Code:
        place = _address(context, builder, sig, arguments, _WORDS)
        builder.store(arguments[2], place, align=8)
        return context.get_dummy_value()

    return types.void(x, types.intp, words), generate


@made
def same(_context: Code, _value: Code) -> Code:
    """Four times the same float."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        return _splat(builder, arguments[0])

    return lanes(types.float64), generate


@made
def first(_context: Code, _value: Code) -> Code:
    """The number of the first chain."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        return builder.extract_element(arguments[0], ir.Constant(_PLACE, 0))

    return types.float64(lanes), generate


def _word(number: int) -> Code:
    return ir.Constant(_WORDS, [number] * LANES)


def _chosen(comparison: str) -> Code:
    def typed(_context: Code, _a: Code, _b: Code) -> Code:
        def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
            first, second = arguments
            return builder.select(builder.fcmp_ordered(comparison, first, second), first, second)

        return lanes(lanes, lanes), generate

    return typed


smaller = made(_chosen("<"))
larger = made(_chosen(">"))


@made
def where_above(_context: Code, _x: Code, _limit: Code, _yes: Code, _no: Code) -> Code:
    """Choose `yes` in the lanes where x > limit, else `no`."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        above = builder.fcmp_ordered(">", arguments[0], arguments[1])
        return builder.select(above, arguments[2], arguments[3])

    return lanes(lanes, lanes, lanes, lanes), generate


@made
def _power_of_two(_context: Code, _t: Code) -> Code:
    """Two to the whole number that the low bits of `t` hold."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        bits = builder.bitcast(arguments[0], _WORDS)
        moved = builder.shl(builder.add(bits, _word(1023)), _word(52))
        return builder.bitcast(moved, _DOUBLES)

    return lanes(lanes), generate


@made
def _exponent(_context: Code, _x: Code) -> Code:
    """The exponent of a float, as 2 ** 52 + 1023 more than itself."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        bits = builder.bitcast(arguments[0], _WORDS)
        moved = builder.or_(builder.lshr(bits, _word(52)), _word(0x4330000000000000))
        return builder.bitcast(moved, _DOUBLES)

    return lanes(lanes), generate


@made
def _mantissa(_context: Code, _x: Code) -> Code:
    """The mantissa of a float, in [1, 2)."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        bits = builder.bitcast(arguments[0], _WORDS)
        kept = builder.or_(builder.and_(bits, _word(0x000FFFFFFFFFFFFF)), _word(0x3FF0000000000000))
        return builder.bitcast(kept, _DOUBLES)

    return lanes(lanes), generate


_function: Any = cgutils.get_or_insert_function


@made
def root(_context: Code, _x: Code) -> Code:
    """Square root."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        kind = ir.FunctionType(_DOUBLES, [_DOUBLES])
        function = _function(builder.module, kind, "llvm.sqrt.v4f64")
        return builder.call(function, arguments)

    return lanes(lanes), generate


@made
def unit(_context: Code, _w: Code) -> Code:
    """A float in [0, 1) from the upper 52 bits of a word."""

    def generate(_: Code, builder: Code, __: Code, arguments: Code) -> Code:
        bits = builder.or_(builder.lshr(arguments[0], _word(12)), _word(0x3FF0000000000000))
        one = ir.Constant(_DOUBLES, [1.0] * LANES)
        return builder.fsub(builder.bitcast(bits, _DOUBLES), one)

    return lanes(words), generate


@made
def next_words(_context: Code, state: Code) -> Code:
    """Step the generators xoshiro256+ of four lanes; `state` holds 16 words."""

    def generate(context: Code, builder: Code, sig: Code, arguments: Code) -> Code:
        array = context.make_array(sig.args[0])(context, builder, arguments[0])
        base = builder.bitcast(array.data, _WORDS.as_pointer())
        places = [builder.gep(base, [ir.Constant(_PLACE, i)]) for i in range(4)]
        s0, s1, s2, s3 = (builder.load(place, align=8) for place in places)
        result = builder.add(s0, s3)
        t = builder.shl(s1, _word(17))
        s2 = builder.xor(s2, s0)
        s3 = builder.xor(s3, s1)
        s1 = builder.xor(s1, s2)
        s0 = builder.xor(s0, s3)
        s2 = builder.xor(s2, t)
        s3 = builder.or_(builder.shl(s3, _word(45)), builder.lshr(s3, _word(19)))
        for place, value in zip(places, (s0, s1, s2, s3), strict=True):
            builder.store(value, place, align=8)
        return result

    return words(state), generate


@njit(inline="always")
def exp(x: Lanes) -> Lanes:
    """Exponential, of values cut to [-700, 700]."""
    x = larger(smaller(x, same(700.0)), same(-700.0))
    t = x * 1.4426950408889634 + 6755399441055744.0
    n = t - 6755399441055744.0
    r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10
    r2 = r * r
    r4 = r2 * r2
    low = (r + 1.0) + r2 * (r * (1.0 / 6.0) + 0.5)
    middle = (r * (1.0 / 120.0) + 1.0 / 24.0) + r2 * (r * (1.0 / 5040.0) + 1.0 / 720.0)
    high = (r * (1.0 / 362880.0) + 1.0 / 40320.0) + r2 * (
        (r * (1.0 / 39916800.0) + 1.0 / 3628800.0) + r2 * (1.0 / 479001600.0)
    )
    return (low + r4 * (middle + r4 * high)) * _power_of_two(t)


@njit(inline="always")
def log(x: Lanes) -> Lanes:
    """Natural logarithm, of positive normal floats."""
    m = _mantissa(x)
    limit = same(1.4142135623730951)
    e = (_exponent(x) - 4503599627371519.0) + where_above(m, limit, same(1.0), same(0.0))
    m = m * where_above(m, limit, same(0.5), same(1.0))
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    p = (z * (1.0 / 5.0) + 1.0 / 3.0) + z2 * (z * (1.0 / 9.0) + 1.0 / 7.0)
    q = (z * (1.0 / 13.0) + 1.0 / 11.0) + z2 * (z * (1.0 / 17.0) + 1.0 / 15.0)
    t = z4 * (z * (1.0 / 21.0) + 1.0 / 19.0)
    s2 = s + s
    return e * 6.93147180369123816490e-01 + (
        s2 + (s2 * z * (p + z4 * (q + t)) + e * 1.90821492927058770002e-10)
    )


@njit(inline="always")
def normals(state: NDArray[np.uint64]) -> tuple[Lanes, Lanes]:
    """Draw two independent standard normals a lane (Box and Muller)."""
    # 1 - u is in (0, 1], whose logarithm is finite.
    radius = root(log(1.0 - unit(next_words(state))) * -2.0)
    # Angle in [-pi/4, pi/4) and a random quadrant: sine and cosine by short series.
    u = unit(next_words(state)) * 4.0
    t = u + 6755399441055744.0
    n = t - 6755399441055744.0
    y = (u - n) * 1.5707963267948966
    z = y * y
    sine = y * (
        1.0
        + z
        * (
            -1.0 / 6.0
            + z
            * (
                1.0 / 120.0
                + z
                * (
                    -1.0 / 5040.0
                    + z * (1.0 / 362880.0 + z * (-1.0 / 39916800.0 + z * (1.0 / 6227020800.0)))
                )
            )
        )
    )
    cosine = 1.0 + z * (
        -0.5
        + z
        * (
            1.0 / 24.0
            + z
            * (
                -1.0 / 720.0
                + z * (1.0 / 40320.0 + z * (-1.0 / 3628800.0 + z * (1.0 / 479001600.0)))
            )
        )
    )
    # n is 0, 1, 2, 3 or 4: turn by quarters.
    odd = (
        n
        - where_above(n, same(1.5), same(2.0), same(0.0))
        - where_above(n, same(3.5), same(2.0), same(0.0))
    )
    half = same(0.5)
    sign = where_above(n, same(1.5), same(-1.0), same(1.0)) * where_above(
        n, same(3.5), same(-1.0), same(1.0)
    )
    first = where_above(odd, half, 0.0 - sine, cosine) * sign
    second = where_above(odd, half, cosine, sine) * sign
    return radius * first, radius * second
