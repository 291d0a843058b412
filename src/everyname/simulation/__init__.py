"""Simulated cases: fictional persons on fictional lists, with a truth to compare results with."""

from everyname.simulation.scenario import Scenario
from everyname.simulation.simulate import case_files, simulate

__all__ = ["Scenario", "case_files", "simulate"]
