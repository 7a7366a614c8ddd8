import { useEffect, useRef, useState } from 'react';

/** denied: the person or the house said no · none: there is no camera · failed: something else has it. */
export type CameraState = 'asking' | 'on' | 'denied' | 'none' | 'failed';

const stateOf = (error: unknown): CameraState => {
  if (!(error instanceof DOMException)) return 'failed';
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return 'denied';
  return error.name === 'NotFoundError' || error.name === 'OverconstrainedError' ? 'none' : 'failed';
};

/** The camera at the back, shown in the video element for as long as the component is there. */
export const useCamera = () => {
  const video = useRef<HTMLVideoElement>(null);
  // Without a safe connection browsers have no cameras at all.
  const [state, setState] = useState<CameraState>(() => ('mediaDevices' in navigator ? 'asking' : 'none'));
  useEffect(() => {
    if (!('mediaDevices' in navigator)) return;
    let stream: MediaStream | null = null;
    let over = false;
    const open = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
        });
        if (over || !video.current) return stream.getTracks().forEach((track) => track.stop());
        video.current.srcObject = stream;
        await video.current.play();
        setState('on');
      } catch (error) {
        if (!over) setState(stateOf(error));
      }
    };
    void open();
    return () => {
      over = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return { video, state };
};
