"""A scenario file to begin with, whose comments teach the format."""

from __future__ import annotations

_TEMPLATE = """\
# A scenario: who cuts what, when, how deep, for how long; and what may be done against it.
# Names are monazite's own of materials, products and countries; what follows a # is a remark.
monazite: scenario/1             # the format and its version; always there

title: China halts heavy rare earths, then grants licences
about: What the scenario is and is not.
importer: USA                    # a country, EU27 or another listed group; USA by default
starts: 2027-01-01               # the day month 0 begins; may be left out
horizon_months: 24               # 1 to 120; 24 by default

# How likely in a year. An uncertain number has a lowest, a likeliest and a highest value, says whence it
# is, and a tag: V2 read in two places, V1 in one, S secondary, C computed, U judgement.
# A plain number is certain. 0.5 and 50% are the same share.
probability: {low: 2%, central: 5%, high: 15%, source: our own judgement, tag: U}

sources:                         # what you read for it; each a line
  - the ministry's announcement

cuts:
  - materials: [dysprosium, terbium, Y]   # names, symbols or ids; products too; or all
    stages: [refined]            # ore, intermediate, refined, product; left out: what the importer buys
    countries: China             # who cuts: names or codes, a list of them, or all
    against: [USA, Japan]        # whom; left out: everybody
    kind: ban                    # ban, quota, licence, tariff (with rate) or floor (with floor)
    depth: 100%                  # share removed of what they would have sold; a ban removes all
    start_month: 0               # first month; 0 by default
    months: 3                    # how long; left out: to the end
    leakage: {low: 0%, central: 10%, high: 30%}   # what of it arrives through others all the same

  - materials: [dysprosium, terbium, Y]
    stages: [refined]
    countries: China
    against: [USA, Japan]
    kind: licence
    depth: {low: 40%, central: 70%, high: 90%, source: China Customs after earlier licences, tag: S}
    start_month: 3               # after the ban: a thing is cut once at a time

  - materials: magnets           # a group of products: all of them
    countries: China
    kind: tariff
    rate: 25%                    # of the price; a price floor would say floor: 90, in USD per kg

# What may be done. yes: with the study's own numbers; no: not at all; or a number of yours.
responses:
  idle_capacity: yes             # or the share of other producers' output that stands idle
  allied_supply: {share: 10%, delay_months: 6, build_months: 18, countries: [Australia]}
  stock_release: 2               # months of normal use that stocks give
  substitution: yes
  recycling: {share: 3%, ramp_months: 12}
  thrift: yes
  rerouting: yes
  rationing: priority            # proportional, priority (defence and health first), willingness (to pay)
"""


def template() -> str:
    """The text of a scenario file that uses every field once, with a remark to each.

    Examples
    --------
    >>> from monazite.studies.stress.scenario.read import scenario_of
    >>> scenario_of(template()).responses.rationing
    'priority'
    """
    return _TEMPLATE
