"""Weights that carry trade from one edition's codes to another's, learned from countries that report both.

======================  ===================================================================
:mod:`.conversion`      the weights of every link between two editions, with their intervals
:mod:`.component`       one component of codes: its countries, and which weights they settle
:mod:`.program`         its quadratic program, solved by HiGHS
:mod:`.spread`          what a bootstrap over countries says of the weights
======================  ===================================================================
"""

from __future__ import annotations

from monazite.methods.weights.conversion import ConversionWeights, conversion_weights

__all__ = ["ConversionWeights", "conversion_weights"]
