/** More pixels a side tell nothing more to who compares pictures. */
const SIDE_MAX = 1_024;

/** A photo as a small JPEG, upright; as it was when the browser cannot draw it, for the server may. */
export async function shrunk(picture: File): Promise<File> {
  try {
    const drawn = await createImageBitmap(picture, { imageOrientation: 'from-image' });
    const scale = Math.min(1, SIDE_MAX / Math.max(drawn.width, drawn.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(drawn.width * scale));
    canvas.height = Math.max(1, Math.round(drawn.height * scale));
    if (scale === 1) return picture;
    const pen = canvas.getContext('2d');
    if (pen === null) return picture;
    // What is transparent lies on white, as the server sees it.
    pen.fillStyle = '#ffffff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
    return blob === null ? picture : new File([blob], 'picture.jpg', { type: 'image/jpeg' });
  } catch {
    // Not a picture, or none this browser knows: the server says which.
    return picture;
  }
}
