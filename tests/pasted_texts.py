"""Two reports on one accident, as they are copied from a page: headline, byline or dateline.

Of our invention; how a paste is parted is for the tests that import them.
"""

ONE = (
    "A tram left the rails at the market bridge on Monday morning and hit a bakery, injuring "
    "nine passengers and the driver, the fire brigade said.\n"
    "The line was closed until the evening, and buses ran between the two ends of the bridge."
)
TWO = (
    "Ten people were hurt when a tram ran into a shop beside the market bridge, hospitals said.\n"
    "Two of them were kept overnight, and the owner of the bakery said that his oven had saved "
    "the people who stood behind it from the worst."
)
HEADED = "Tram hits bakery at the market bridge\nBy Ann Lee, Reuters\nMarch 9, 2026\n\n" + ONE
THIRD = "Ten hurt in tram crash at bridge\n\nOSTVALE (AP) — " + TWO
