// Submits the first form marked data-self-post, as a payment gateway's hand-over page does; without scripts its button does.
"use strict";

document.querySelector("form[data-self-post]")?.submit();
