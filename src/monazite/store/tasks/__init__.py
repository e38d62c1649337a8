"""Work that is cut into tasks: one per year of trade, per block of draws, per material of a plan.

A task is a frozen dataclass that can be pickled, the work a function of a module that takes it::

    run(select_to_parquet, tasks)                                   threads of this process
    run(select_to_parquet, tasks, cluster="tcp://scheduler:8786")   a Dask cluster, the same results

=================  =================================================================
:mod:`.running`    handing tasks out and taking results in
:mod:`.once`       a file that a task writes, whole or not at all, and not twice
:mod:`.select`     the plainest task: one SELECT into one Parquet file
:mod:`.storage`    the folders that tasks write to
:mod:`.local`      threads of this process
:mod:`.stopping`   how what runs in a thread is interrupted
:mod:`.cluster`    workers of a Dask cluster
:mod:`.scheduler`  the scheduler's address and a connection to it
:mod:`.ground`     what a worker elsewhere must have
=================  =================================================================
"""

from monazite.store.tasks.once import Done, once, seen
from monazite.store.tasks.running import run
from monazite.store.tasks.select import Select, select_to_parquet

__all__ = ["Done", "Select", "once", "run", "seen", "select_to_parquet"]
