"""Fix what would change the last bits of numbers from machine to machine.

Must run before NumPy is imported: the libraries read these variables once.
"""

import os
import platform

# BLAS splits sums by thread, and caps its threads at the cores that exist: only one
# thread gives the same sum on every machine. OpenMP takes the number it is told.
_BLAS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
# Wider registers add in another order. Every x86 server since 2013 has AVX2.
_X86 = {
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Haswell",
}


def fix(threads: int) -> None:
    """Set threads and instruction sets, whatever the caller's environment says.

    Args:
        threads: OpenMP threads; BLAS always gets one.
    """
    os.environ.pop("NPY_ENABLE_CPU_FEATURES", None)  # NumPy takes only one of the two
    os.environ["OMP_NUM_THREADS"] = str(threads)
    os.environ["OMP_DYNAMIC"] = "FALSE"
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
    os.environ.update(dict.fromkeys(_BLAS, "1"))
    if platform.machine().lower() in {"x86_64", "amd64"}:
        os.environ.update(_X86)
