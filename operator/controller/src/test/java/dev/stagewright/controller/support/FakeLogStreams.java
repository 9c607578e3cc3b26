package dev.stagewright.controller.support;

import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.cluster.LogStreams;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Log streams whose contents a test defines. */
public final class FakeLogStreams implements LogStreams {
  private final List<FakeStream> streams = new ArrayList<>();
  private Consumer<FakeStream> meanwhile = _ -> {};
  private boolean isClosed;

  /** A stream that was requested. */
  public final class FakeStream implements LogStream {
    private final ContainerReference container;
    private final Start start;
    private final Receiver receiver;
    private boolean isClosed;

    private FakeStream(ContainerReference container, Start start, Receiver receiver) {
      this.container = container;
      this.start = start;
      this.receiver = receiver;
    }

    /** The container whose log was requested. */
    public ContainerReference container() {
      return container;
    }

    /** Where the stream starts. */
    public Start start() {
      return start;
    }

    /** The kubelet sends this text. */
    public FakeStream send(String text) {
      receiver.receive(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return this;
    }

    /** The stream ends. */
    public void end(End end) {
      receiver.end(end);
    }

    /** Whether the operator has closed the stream. */
    public boolean isClosed() {
      return isClosed;
    }

    @Override
    public void close() {
      isClosed = true;
      meanwhile.accept(this);
    }
  }

  /** Does this while a stream is opened or closed. */
  public void meanwhile(Consumer<FakeStream> action) {
    meanwhile = action;
  }

  @Override
  public LogStream open(ContainerReference container, Start start, Receiver receiver) {
    var stream = new FakeStream(container, start, receiver);
    streams.add(stream);
    meanwhile.accept(stream);
    return stream;
  }

  /** The number of requests so far. */
  public int requests() {
    return streams.size();
  }

  /** The stream that was requested last. */
  public FakeStream last() {
    return streams.getLast();
  }

  /** Whether the operator has closed all streams. */
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
