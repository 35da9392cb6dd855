/* Raster images looked at: kind, size, resolution, soundness; nothing is decoded to keep. */
#ifndef PRIKAZ_AREA_IMAGE_H
#define PRIKAZ_AREA_IMAGE_H

#include "area/area.h"

/* The images of one document, by path; owns their bytes. */
struct area_images;

struct area_images *area_new_images(void);
/* Free the table, every image and its bytes; NULL is allowed. */
void area_free_images(struct area_images *images);

/* Why there is no image: a translated sentence, which lives as long as the table, and whether the file
 * or the system is at fault. */
struct area_image_fault {
    const char *why;
    enum diag_level level;
};

/* The image in the file `path`, or in a data: URI in base64, read at its first use; borrowed from `table`. NULL when it
 * cannot be read or is not a sound PNG or JPEG (baseline or progressive, grey or colour, eight
 * bits): `*fault` says why. Of PNG
 * every chunk and its checksum is checked, of JPEG every segment up to the end-of-image
 * marker: a truncated or damaged file is found here, before it is laid out. Pictures of more than 100 million pixels are refused. */
struct area_image *area_load_image(struct area_images *table, const char *path,
                                   struct area_image_fault *fault);

#endif
