"""A chapter as a deck of slides: reveal.js, the figures, the formulas, the questions, live demos.

What of a chapter becomes a slide follows one rule:

- A heading opens a slide, with the first sentence of its text; each ``##`` begins a new stack,
  whose slides lie below one another. A list that follows a heading at once stands on the slide.
- A figure is a slide: its title in the registry, the drawing, the first sentence of its caption.
- A displayed formula is a slide, below the sentence that leads to it.
- A demo is a slide, live, beside the question that the text puts before it and the links to its
  states that the chapter has anywhere.
- A question is a slide: its options appear one by one, then the right one and why it is right.
- An exercise with a folded answer is a slide; the answer appears when asked for.
- All other text goes to the speaker's notes of the slide before it (the paragraph that leads to a
  formula or a demo: to that slide's), and so do whole captions, what is wrong with wrong answers,
  and what the code prints. Code itself is left out.

A cell's tags say otherwise: ``slide`` makes a slide of a whole cell, text or code with what it
prints; ``notes`` sends a cell to the notes; ``skip-slide`` leaves it out.

In parts: `reading` takes a notebook apart, `outline` applies the rule, `words` sets text and
formulas, `drawing` makes each slide's HTML, `page` the page around them, and `writing` the files.
"""
