/** What a photo is at most along its longer side. */
const LONGEST_PX = 1600;
const QUALITY = 0.82;

const blobOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((made, failed) =>
    canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error('no picture came of it'))), 'image/jpeg', QUALITY),
  );

/**
 * A photo as it goes on its way: upright, at most 1600 px, JPEG. Drawn anew, it has none of what cameras write into their files.
 * @throws DOMException when this is no picture the browser can read
 */
export const smallPhoto = async (file: Blob): Promise<Blob> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser does not draw');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return blobOf(canvas);
};
