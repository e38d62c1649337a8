r"""Industries that carry inventories: how a cut of a material reaches output, month by month.

An adaptive regional input–output model (ARIO) with inventories after Hallegatte [1]_, [2]_, of the equations
in the description of BoARIO [3]_, with a step of a month, to which restricted materials are added. With
:math:`\bar x` normal output, A the input coefficients, n the months of inputs in inventory, each month

.. math::
   d &= O \mathbf 1 + f - e, \qquad x^{opt} = \min\{d,\; \alpha (1 - \Delta) \bar x\} \\
   x_j &= \min\Big\{x_j^{opt},\; \min_i \frac{\Omega_{ij}}{\max(\psi n, 1)\, A_{ij}},\;
          \min_q \big[(1 - \delta_{jq}) x_j^{opt} + \delta_{jq} \min(x_j^{opt}, r_{jq} \bar x_j)\big]\Big\} \\
   \Omega_{ij} &\leftarrow \Omega_{ij} + O_{ij} \min(1, (x_i + e_i) / (O \mathbf 1 + f)_i) - A_{ij} x_j \\
   O_{ij} &\leftarrow A_{ij} x_j + (n A_{ij} x_j^{opt} - \Omega_{ij})^+ / \tau_{inv} \\
   \alpha &\leftarrow \alpha + \begin{cases}
          (\alpha_{max} - \alpha)\, \zeta / \tau_\alpha & \zeta = (d - x) / d > 0 \\
          (1 - \alpha) / \tau_\alpha & \zeta = 0 \end{cases}

Here f is final demand. Where users take more than an industry makes, e comes from elsewhere: in normal times
:math:`\bar e = (A \bar x - \bar x)^+`, then :math:`\bar e \min\{1, (O \mathbf 1 + f) / (\bar x + \bar e)\}`.
Of a material q, :math:`r_{jq}` is what industry j holds and receives, in months of its normal need. It asks
for what it would use if nothing lacked, and for a part of what its stock lacks, as for other inputs; what
arrives is shared in proportion to what is asked. Unlike other inputs, a material is used to the last: output
falls when the stock is gone, and not before.

===================  =====================================================================
:mod:`.pace`         the parameters, in days as they are published, and what a month makes of them
:mod:`.economy`      who buys what from whom in a normal month
:mod:`.materials`    the ledger of the restricted materials
:mod:`.months`       one month after another
:mod:`.paths`        many draws, in blocks
===================  =====================================================================

References
----------
.. [1] Hallegatte (2008), the first version of the model, as [3]_ names it.
.. [2] Hallegatte, S. (2014). Modeling the role of inventories and heterogeneity in the assessment of the
   economic costs of natural disasters. *Risk Analysis*, doi:10.1111/risa.12090; as those notes give it.
.. [3] BoARIO, Mathematical background, https://spjuhel.github.io/BoARIO/boario-math.html.
"""

from __future__ import annotations

from monazite.methods.ario.pace import Pace
from monazite.methods.ario.paths import Paths, ario

__all__ = [
    "Pace",
    "Paths",
    "ario",
]
