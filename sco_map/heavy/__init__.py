"""The heavy work on tables larger than ours, in partitions: on threads of this machine, or on a Dask cluster.

Nothing is imported here: Dask is imported when a cluster is asked for, and not before.
"""
