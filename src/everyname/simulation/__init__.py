"""Simulated cases: fictional persons on fictional lists, with a truth to compare results with."""

from everyname.simulation.large_case import simulate_large
from everyname.simulation.record_frame import SimulatedRecords, people_frame, simulated_records
from everyname.simulation.scenario import Scenario
from everyname.simulation.simulate import case_files, simulate

__all__ = [
    "Scenario",
    "SimulatedRecords",
    "case_files",
    "people_frame",
    "simulate",
    "simulate_large",
    "simulated_records",
]
