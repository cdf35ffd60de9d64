"""What stands on the pages under /forms/. A [linked word] is one that the aggregator glues to the word before it."""

OWN_PUBLISHER = "Northern Business Review"
OWN_HEADLINE = "Island bets its harbour on tidal power, and on the engineers who left it"
OWN_PARAGRAPHS = (
    "For three winters the test berth at the mouth of the sound held nothing but gulls. Now six machines hang below "
    "the surface there, and the island that paid for them is waiting for its first full bill from the grid.",
    "The council has spent nine years and a third of its reserve on advanced [turbines] that turn with the tide in "
    "both directions. It did so after two manufacturers had gone under and a third had asked for its deposit back.",
    "'We were told that the sea eats everything you put into it,' said Marit Osk, who runs the harbour office. 'That "
    "is true. What nobody told us is that it eats some things slowly enough to pay for them.'",
    "Much of the work was done by people who had moved away. The island offered former residents a house and a "
    "two-year contract; forty-one came back, among them a team that had built [gearboxes] for mining lifts.",
    "Not everyone is convinced. Fishermen say that the marked zone took their best crab ground, and the regulator has "
    "asked for another season of measurements before it will allow a second row of machines.",
    "If the figures hold, the island will sell a fifth of its power to the mainland by the end of next year. If they "
    "do not, Ms Osk said, it will at least own the best documented failure on the coast.",
)
OWN_TAGS = ("TidalPower", "Islands", "Energy", "Engineering")

RECORDS = (
    (
        "Lantern Weekly",
        65,
        "No night trains over the pass, says ministry; the villages' timetable hits a wall of snow",
        "Upper Vale: Night trains will not be crossing the pass this winter, however often the villages ask for them. "
        "As talks between the railway and the seven communes went into their third month, one demand stayed "
        "immovable: nobody will send a crew over the summit after ten in the evening. On paper this is a matter of "
        "staffing. In the valley it has become a matter of pride. 'My grandmother came home on that train from her "
        "first job,' said Ilse Brandt, who keeps the station café. The ministry points to two avalanches in February "
        "and to a signal box that has not been manned since the spring. It has offered a bus, which the communes call "
        "an insult, and a study, which they call a delay. The next meeting is set for the first week of March.",
        "night-trains-over-the-pass-77aa01",
    ),
    (
        "Coastline Today",
        72,
        "Mayor on the lighthouse dispute: 'I know what I would paint it, but the keepers are going to decide'",
        "The mayor of Sandmouth said on Sunday that the keepers of the old lighthouse are facing a decision that the "
        "town can no longer put off. After the talks over its colour broke down, she told reporters on the pier that "
        "the volunteers 'will soon have to say yes or no' to the red bands that the harbour authority wants. 'They do "
        "not want to give up the white,' she said. 'And so the keepers are going to have to decide.' She added that "
        "she had a view of her own but did not think it proper to share it. The authority argues that the tower "
        "cannot be told from the new apartment blocks in haze. The volunteers answer that it has been white since it "
        "was built, and that they are the ones who hold the brushes.",
        "lighthouse-dispute-77aa02",
    ),
    (
        "Lantern Weekly",
        125,
        "Even after the flood plea, upland farms refused to open their sluices; co-operative turned down the town",
        "Millbridge: A stand-off that was never made public unfolded behind the scenes of the nine-day flood in May, "
        "when the upland farmers' co-operative flatly refused to open its sluices to take the crest off the river, "
        "according to two people who sat in the control room. As the water rose towards the second mark, the town "
        "asked three times for the meadows to be flooded. The answer was no each time: the hay had not been cut, and "
        "nobody would put in writing who was going to pay for it. The town then opened the old mill race by hand, "
        "which saved the bridge and drowned the allotments. Both sides have since said that they acted within the "
        "rules. A new agreement, with a price for every hectare, is to be signed before the autumn rains.",
        "flood-plea-refused-77aa03",
    ),
)
"""(publisher, age in minutes at the world's epoch, headline, text, slug): an hour, an hour and two hours ago."""
