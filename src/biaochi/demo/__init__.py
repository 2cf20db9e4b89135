"""青溪: a fictional city which speaks, so that the product can be shown and tested at full size."""
