"""Ten beliefs about convolutional networks that do not hold, and a question that finds each.

The wrong options are what students who hold the belief answer. Each link opens the demo in the
state that shows why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from course_lib.demos.question import Choice


@dataclass(frozen=True)
class Item:
    """A question of the inventory.

    Parameters
    ----------
    belief : str
        What a reader who answers wrongly may believe.
    prompt : str
        The question; `code` in backquotes and *emphasis* in asterisks are marked.
    choices : sequence of Choice
        The options, of which exactly one is right, each explained.
    chapter : str
        The page on which it is shown, such as ``"03-convolution-1d"``.
    state : str
        The state of a demo there, as in a link after the "#"; empty for the page itself.
    see : str
        What the link says.
    """

    belief: str
    prompt: str
    choices: Sequence[Choice]
    chapter: str
    state: str
    see: str


ITEMS: tuple[Item, ...] = (
    Item(
        belief="A convolutional network is invariant to shifts.",
        prompt="A convolutional classifier ends in *flatten* and a fully connected layer. The"
        " object in its image moves by five pixels, far from the borders. What happens to"
        " its scores?",
        choices=[
            Choice(
                "Nothing: a convolutional network is invariant to shifts",
                "Its convolutions are equivariant: their maps move along with the object. The layer"
                " after *flatten* has its own weight for each place, so its sums change.",
            ),
            Choice(
                "They move by five places, too",
                "The maps do so. The scores are one number a class and have no places.",
            ),
            Choice(
                "They change in general, since the dense layer has other weights at other places",
                "What the convolutions find moves, and *flatten* hands it to other weights."
                " Training on objects everywhere makes the change small, not zero.",
                right=True,
            ),
            Choice(
                "They fall to chance: the network has never seen the object there",
                "Shared weights find the same features there. What is lost is only what the last"
                " layer has learnt about places.",
            ),
        ],
        chapter="07-mnist-1d",
        state="demo=inside&source=template&seed=0&digit=7&place=50&network=flatten",
        see="Slide a digit along, and compare flatten with a global mean",
    ),
    Item(
        belief="Somebody designs the kernels.",
        prompt="The first layer of a trained network contains kernels that look like edge"
        " detectors. Where do they come from?",
        choices=[
            Choice(
                "The designers chose them, as they are known to be useful",
                "They chose the number of kernels and their size. The weights began at random.",
            ),
            Choice(
                "They were random at first; gradient descent made them, since they lower the loss",
                "Every weight moves a little against its gradient, step after step. That edge"
                " detectors come out says something about images.",
                right=True,
            ),
            Choice(
                "They were copied from photographs of the training set",
                "A kernel is no patch of an image. It is what makes the loss small when it is"
                " multiplied with patches.",
            ),
            Choice(
                "The optimiser picks the best ones from a list of kernels",
                "There is no list: each weight is a number that can take any value.",
            ),
        ],
        chapter="05-channels",
        state="demo=learn&predict=false&step=40",
        see="Watch a hidden kernel being learnt",
    ),
    Item(
        belief="Parameters are compute.",
        prompt="A layer A has ten times as many parameters as a layer B of the same network. What"
        " follows for the time that they take?",
        choices=[
            Choice(
                "A takes about ten times as long",
                "Only if every weight were used equally often. A dense layer uses each once, a"
                " convolution once at each place.",
            ),
            Choice(
                "A takes longer, though perhaps not ten times",
                "It may even be much faster: a dense layer of a million weights multiplies a"
                " million times, a convolution of a thousand weights on a large map more often"
                " than that.",
            ),
            Choice(
                "Nothing: all layers of a network take the same time",
                "They do not. The multiply-adds of each layer can be counted.",
            ),
            Choice(
                "Nothing: it depends on how many places each weight is used at",
                "A weight of a convolution on a map of 100 × 100 is used ten thousand times. In"
                " AlexNet the dense layers hold most parameters and do little of the work.",
                right=True,
            ),
        ],
        chapter="01-networks-for-images",
        state="demo=first-layer&quantity=multiply-adds",
        see="Count both for one layer of each kind",
    ),
    Item(
        belief="A transposed convolution inverts.",
        prompt="A signal goes through a convolution with stride 2 and then through the transposed"
        " convolution with the same kernel and stride. What comes out?",
        choices=[
            Choice(
                "A signal of about the old length, but other values",
                "The shapes go back, the values do not: AᵀAx is not x.",
                right=True,
            ),
            Choice(
                "The signal as it was: the second undoes the first",
                "The transpose of a matrix is not its inverse. Half of the positions are gone, and"
                " nothing can bring them back.",
            ),
            Choice(
                "The signal as it was, but blurred by rounding errors",
                "The difference is large and would be there with exact numbers.",
            ),
            Choice(
                "A signal of a quarter of the length",
                "A transposed convolution with stride 2 makes a signal longer.",
            ),
        ],
        chapter="09-resampling",
        state="demo=stamps&round_trip=true&signal=[1,2,3,4,3,2,1]&kernel=[1,2,1]&stride=2&position=2",
        see="Send a signal there and back",
    ),
    Item(
        belief="Zero padding is neutral.",
        prompt="An image shows the same grey everywhere. A convolution with zero padding goes over"
        " it. What does its output look like?",
        choices=[
            Choice(
                "The same value everywhere: the zeros add nothing",
                "They add nothing where something else would have added grey. At the border the sum"
                " lacks those terms.",
            ),
            Choice(
                "Zero everywhere, since nothing changes in the image",
                "So it would be for weights that add up to zero, and even then not at the border.",
            ),
            Choice(
                "The same value everywhere, if the kernel is symmetric",
                "A symmetric kernel misses its terms outside of the image just the same.",
            ),
            Choice(
                "The same value inside, another at the borders",
                "There the window holds invented zeros. Later layers can read off where the border"
                " is: padding leaks position.",
                right=True,
            ),
        ],
        chapter="03-convolution-1d",
        state="demo=slide&signal=7,7,7,7,7,7,7,7&padding=zeros&position=0",
        see="See a flat signal dip at its ends",
    ),
    Item(
        belief="A shift in is the same shift out.",
        prompt="A convolution has stride 2. The input is shifted by 4. For the output to be the old"
        " one, shifted, by how much must we shift it?",
        choices=[
            Choice(
                "By 4: equivariance means that output and input shift alike",
                "The operation on the output need not be the same one. One output stands for every"
                " second input.",
            ),
            Choice(
                "By 2",
                "At stride 2 a shift of 4 in is a shift of 2 out. A shift of 3 in matches none.",
                right=True,
            ),
            Choice(
                "By 8",
                "The other way round: there are fewer outputs than inputs, so the shift shrinks.",
            ),
            Choice(
                "By none: a strided convolution is invariant",
                "Its output moves as well, only by fewer places.",
            ),
        ],
        chapter="03-convolution-1d",
        state="demo=shift&stride=2&shift=2&position=3",
        see="Shift by two under stride two",
    ),
    Item(
        belief="A saliency map explains the decision.",
        prompt="A map of what a classifier looked at lights up the outline of the dog. We replace"
        " all its weights by random ones, and the map looks nearly the same. What do we learn?",
        choices=[
            Choice(
                "That the untrained network has understood dogs, too",
                "It answers at random. What both maps have in common cannot be understanding.",
            ),
            Choice(
                "That the map is right: it finds the dog whatever the weights are",
                "It was to tell what *this* network used. It cannot, if every network gives"
                " the same.",
            ),
            Choice(
                "That this kind of map shows the image's edges more than the network's reasons",
                "An explanation that does not depend on what was learnt explains nothing of it."
                " That is what the random weights are a control for.",
                right=True,
            ),
            Choice(
                "Nothing: random weights are never used in practice",
                "They are used here as a control, as one gives a pill without a drug.",
            ),
        ],
        chapter="10-classification",
        state="demo=inside&weights=%22all%20shuffled%22&explanation=%22pixels%22",
        see="Switch to random weights and see which maps stay",
    ),
    Item(
        belief="A filter is K × K.",
        prompt="A layer reads 64 channels and makes 128 with kernels of 3 × 3. How many weights"
        " does *one* of its 128 filters have, without its bias?",
        choices=[
            Choice(
                "9",
                "That is one slice. A filter has a slice for each channel that it reads, and adds"
                " all of them up.",
            ),
            Choice(
                "9 · 64 = 576",
                "A filter is as deep as its input: 64 slices of 3 × 3, summed into one map.",
                right=True,
            ),
            Choice(
                "9 · 128 = 1152",
                "128 filters make 128 maps. Each of them is as deep as the *input*.",
            ),
            Choice(
                "9 · 64 · 128 = 73,728",
                "That is the whole layer: 128 filters of 576 weights.",
            ),
        ],
        chapter="08-convolution-2d",
        state="demo=colours&channel=0&row=40&column=12",
        see="Take a filter apart, slice by slice",
    ),
    Item(
        belief="Pooling gives invariance.",
        prompt="Max pooling of 2 with stride 2 follows a convolution. The input is shifted by one"
        " position. What can be said of the pooled output?",
        choices=[
            Choice(
                "Some values stay and others change; it is neither the same nor shifted",
                "A maximum that crosses the edge of its window moves to the next one. The"
                " invariance is partial, and only shifts by multiples of the stride are respected.",
                right=True,
            ),
            Choice(
                "It stays the same: max pooling makes the network invariant to small shifts",
                "A maximum may stay in its window, or leave it. Some outputs stay, others change.",
            ),
            Choice(
                "It is shifted by one position",
                "One position of the pooled output is two of the input: a shift of one has no place"
                " to go to.",
            ),
            Choice(
                "It is shifted by half a position, which interpolation shows",
                "There are no values in between, and a maximum does not interpolate.",
            ),
        ],
        chapter="02-invariance",
        state="demo=orders&function=max-pool&border=circular&shift=1",
        see="Shift by one and by two before a max pooling",
    ),
    Item(
        belief="More channels widen the receptive field.",
        prompt="Three convolutions with kernel 3 and stride 1. We double the channels of each. What"
        " happens to the receptive field of a unit of the last?",
        choices=[
            Choice(
                "It doubles",
                "The channels of a layer all read the same places. More of them know more about"
                " these places, and of no others.",
            ),
            Choice(
                "It grows, but by less than that",
                "It does not grow at all: kernel size, stride, dilation and depth decide it.",
            ),
            Choice(
                "It stays 7",
                "Each layer adds two positions, however many channels it has: 3, 5, 7.",
                right=True,
            ),
            Choice(
                "It shrinks, since each channel has to specialise",
                "What a unit can read is a matter of wiring, not of what it has learnt.",
            ),
        ],
        chapter="06-receptive-fields",
        state="demo=stack&channels=32",
        see="Change the channels and watch the field",
    ),
)
"""The inventory, in the order in which it is asked."""
