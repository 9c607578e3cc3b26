package dev.stagewright.registry.push;

import dev.stagewright.registry.call.Caller;

/** The requests that an upload is made of, each made once: the upload as a whole tries again. */
record UploadRequests(
    UploadStarter starter,
    ChunkSender chunks,
    UploadStatus status,
    UploadFinisher finisher,
    UploadCanceller canceller,
    BlobChecker checker) {

  static UploadRequests of(Caller caller) {
    var once = caller.withAttempts(1);
    return new UploadRequests(
        new UploadStarter(once),
        new ChunkSender(once),
        new UploadStatus(once),
        new UploadFinisher(once),
        new UploadCanceller(once),
        new BlobChecker(once));
  }
}
