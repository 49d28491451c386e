"""投稿: articles from outside, from the form to the draft that they become.

`files` and `forms` say what is taken, `intake` takes it in once with a receipt, `steps` is what may happen to it
afterwards and who may do it, `adoption` makes an article of it, `figures` counts.
"""
