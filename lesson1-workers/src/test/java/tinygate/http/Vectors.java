package tinygate.http;

/** Reads the vectors of the tables, every way that their bytes may arrive. */
final class Vectors {
    private Vectors() {}

    static Outcome request(String message) {
        return MessageReader.everyWay(
                () -> MessageReader.ofRequests(MessageReader.LIMITS), WireText.bytes(message));
    }

    static Outcome response(Method requestMethod, String message) {
        return MessageReader.everyWay(
                () -> MessageReader.ofResponses(MessageReader.LIMITS, requestMethod),
                WireText.bytes(message));
    }
}
