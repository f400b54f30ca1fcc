/** The pictures that Go's own tests read; Debian: `apt-get install golang-1.19-src`. */
export const GO_IMAGES = process.env.MASKWRIGHT_GO_IMAGES ?? '/usr/share/go-1.19/src/image';

/** Willem van Schaik's PNG test set (https://www.schaik.com/pngsuite), as Go carries it. */
export const PNG_SUITE = `${GO_IMAGES}/png/testdata/pngsuite`;
