"""Dated episodes, forecast by rival readings and by the plain record, and scored."""
