import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Reads codes off pictures, the same way on every tablet; its engine comes from our own server, never from elsewhere. */
prepareZXingModule({
  overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path) },
});

const detector = new BarcodeDetector({
  formats: ['qr_code', 'data_matrix', 'code_128', 'code_39', 'itf', 'ean_13'],
});

/** Every text there is to read in a picture or in what a camera shows now. */
export const textsIn = async (picture: HTMLVideoElement | Blob): Promise<string[]> =>
  (await detector.detect(picture)).map(({ rawValue }) => rawValue);
