package dev.stagewright.controller.cluster;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** Opens streams of the logs of containers. */
public interface LogStreams extends AutoCloseable {
  /**
   * Requests the log of a container and what it writes from now on. Returns at once; the receiver
   * is called by other threads, but never by two at a time.
   *
   * @param start of the stream
   */
  LogStream open(ContainerReference container, Start start, Receiver receiver);

  /** Closes all streams. */
  @Override
  void close();

  /** A stream that is open, or about to be. */
  interface LogStream extends AutoCloseable {
    /** Ends the stream; the receiver may still be called for what has arrived already. */
    @Override
    void close();
  }

  /**
   * Where a stream starts.
   *
   * @param since only lines that were written at this time or later, rounded down to a second
   * @param tailLines only this number of last lines
   */
  record Start(Optional<Instant> since, Optional<Integer> tailLines) {
    /** All lines. */
    public static final Start BEGINNING = new Start(Optional.empty(), Optional.empty());
  }

  /** Receives what a stream delivers. Each line starts with its time and a space. */
  interface Receiver {
    /** Part of the log, which can start and end within a line. */
    void receive(ByteBuffer bytes);

    /** The stream has ended. This is the last call. */
    void end(End end);
  }

  /** How a stream ended. */
  sealed interface End {
    /**
     * The API server ended the stream. Usually, the container has ended; but the API server also
     * ends a stream in this way if it loses the kubelet.
     */
    record Completed() implements End {}

    /**
     * The API server or the kubelet refused the request, for example because the kubelet does not
     * know yet that the container has started.
     *
     * @param reason message of the API server
     */
    record Refused(String reason) implements End {}

    /**
     * The connection failed.
     *
     * @param reason message of the exception
     */
    record Broken(String reason) implements End {}
  }
}
