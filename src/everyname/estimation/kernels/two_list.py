"""The two-list estimates of Lincoln and Petersen and of Chapman."""

from __future__ import annotations


def lincoln_petersen(n1: int, n2: int, both: int) -> tuple[float, float]:
    """Estimate the number whom neither of two lists holds, uncorrected.

    Parameters
    ----------
    n1, n2
        Persons in the first and in the second list.
    both
        Persons in both; above 0.

    Returns
    -------
    The unrecorded (persons), and the variance of the estimated total.

    References
    ----------
    Sekar and Deming (1949), Journal of the American Statistical Association 44, 101-115.
    """
    only1, only2 = n1 - both, n2 - both
    return only1 * only2 / both, n1 * n2 * only1 * only2 / both**3


def chapman(n1: int, n2: int, both: int) -> tuple[float, float]:
    """Estimate the number whom neither of two lists holds, corrected for small overlap.

    The total is (n1 + 1) (n2 + 1) / (m + 1) - 1, which leaves (n1 - m) (n2 - m) / (m + 1)
    unrecorded.

    Parameters
    ----------
    n1, n2
        Persons in the first and in the second list.
    both
        Persons in both, m.

    Returns
    -------
    The unrecorded (persons), and the variance of the estimated total.

    References
    ----------
    Chapman (1951), University of California Publications in Statistics 1, 131-160; the variance:
    Seber (1970), Biometrics 26, 13-22.
    """
    only1, only2 = n1 - both, n2 - both
    variance = (n1 + 1) * (n2 + 1) * only1 * only2 / ((both + 1) ** 2 * (both + 2))
    return only1 * only2 / (both + 1), variance
