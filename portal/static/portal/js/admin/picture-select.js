/* Choices of pictures show their thumbnails. */
"use strict";
{
  const $ = django.jQuery;

  const withThumbnail = (item) => {
    const address = item.thumbnail ?? item.element?.dataset.thumbnail;
    if (!address) return item.text;
    return $("<span>", { class: "picture-choice" }).append($("<img>", { src: address, alt: "" }), $("<span>").text(item.text));
  };

  for (const name of ["templateResult", "templateSelection"]) $.fn.select2.defaults.set(name, withThumbnail);
}
