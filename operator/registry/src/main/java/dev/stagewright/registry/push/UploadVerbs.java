package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Caller;

/** The requests that an upload is made of, each made once: the upload as a whole tries again. */
record UploadVerbs(
    UploadStarter starter,
    ChunkSender chunks,
    UploadStatus status,
    UploadFinisher finisher,
    UploadCanceller canceller,
    BlobChecker checker) {

  static UploadVerbs of(Caller caller) {
    var once = caller.withAttempts(1);
    return new UploadVerbs(
        new UploadStarter(once),
        new ChunkSender(once),
        new UploadStatus(once),
        new UploadFinisher(once),
        new UploadCanceller(once),
        new BlobChecker(once));
  }
}
