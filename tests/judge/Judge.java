import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;

/**
 * A judge of the Avro that {@code golden --emit DIR} wrote: Apache Avro's own
 * library. {@code java -cp 'LIBS/*' Judge.java DIR}
 *
 * <p>Decodes each record in each framing and the container file, makes the
 * JSON form of what it sees by its own means, and compares; then grows and
 * shrinks the schema as its rules of evolution allow.
 */
public class Judge {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String text;
    private final Schema schema;
    private final List<JsonNode> expected = new ArrayList<>();
    private int passed;
    private int failed;

    private Judge(Path folder) throws IOException {
        this.folder = folder;
        this.text = Files.readString(folder.resolve("article.avsc"));
        this.schema = parse(text);
        for (String line : Files.readAllLines(folder.resolve("articles.jsonl"))) {
            expected.add(JSON.readTree(line));
        }
    }

    /** Strict: names and defaults are checked. */
    private static Schema parse(String text) {
        return new Schema.Parser(NameValidator.STRICT_VALIDATOR)
                .setValidateDefaults(true)
                .parse(text);
    }

    private void check(String what, Object got, Object due) {
        if (Objects.equals(got, due)) {
            passed++;
            return;
        }
        failed++;
        System.out.printf("FAILED %s%n  expected %s%n  got      %s%n", what, due, got);
    }

    private byte[] read(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    /** The JSON form: what is null, an empty array or map is left out. */
    private static JsonNode form(Object value, Schema schema) {
        switch (schema.getType()) {
            case UNION:
                return form(value, schema.getTypes().get(1));
            case RECORD:
                return recordForm((GenericRecord) value, schema);
            case ARRAY:
                ArrayNode array = JSON.createArrayNode();
                for (Object item : (Collection<?>) value) {
                    array.add(form(item, schema.getElementType()));
                }
                return array;
            case MAP:
                ObjectNode map = JSON.createObjectNode();
                ((Map<?, ?>) value).forEach((k, v) -> map.put(k.toString(), v.toString()));
                return map;
            case FIXED:
                return JSON.valueToTree(HexFormat.of().formatHex(((GenericFixed) value).bytes()));
            case INT:
            case LONG:
                return numberForm(((Number) value).longValue(), schema);
            default:
                return JSON.valueToTree(value.toString());
        }
    }

    private static JsonNode recordForm(GenericRecord record, Schema schema) {
        ObjectNode object = JSON.createObjectNode();
        for (Schema.Field field : schema.getFields()) {
            Object value = record.get(field.pos());
            boolean absent = value == null
                    || value instanceof Collection<?> list && list.isEmpty()
                    || value instanceof Map<?, ?> map && map.isEmpty();
            if (!absent) {
                object.set(field.name(), form(value, field.schema()));
            }
        }
        return object;
    }

    private static JsonNode numberForm(long value, Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return JSON.valueToTree(Instant.ofEpochMilli(value).toString());
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Date) {
            return JSON.valueToTree(LocalDate.ofEpochDay(value).toString());
        }
        return JSON.valueToTree(value);
    }

    /** Parsed again, so that a number's Java type does not matter. */
    private static JsonNode formOf(GenericRecord record, Schema schema) throws IOException {
        return JSON.readTree(form(record, schema).toString());
    }

    private static GenericRecord decode(byte[] body, int from, Schema writer, Schema reader)
            throws IOException {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(body, from, body.length - from, null);
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(writer, reader).read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("bytes follow the record");
        }
        return record;
    }

    private static byte[] encode(GenericRecord record, Schema schema) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private void judgeFingerprint() throws IOException {
        check("fingerprint",
                String.format("%016x", SchemaNormalization.parsingFingerprint64(schema)),
                new String(read("fingerprint")).strip());
    }

    private void judgeFramings() throws IOException {
        BinaryMessageDecoder<GenericRecord> single =
                new BinaryMessageDecoder<>(GenericData.get(), schema);
        byte[] confluent = ByteBuffer.allocate(5)
                .putInt(1, Integer.parseInt(new String(read("schema-id")).strip()))
                .array();
        for (int i = 0; i < expected.size(); i++) {
            JsonNode due = expected.get(i);
            check(i + ".single", formOf(single.decode(read(i + ".single")), schema), due);
            byte[] message = read(i + ".confluent");
            check(i + ".confluent header",
                    ByteBuffer.wrap(message, 0, 5), ByteBuffer.wrap(confluent));
            check(i + ".confluent", formOf(decode(message, 5, schema, schema), schema), due);
            byte[] none = read(i + ".none");
            GenericRecord record = decode(none, 0, schema, schema);
            check(i + ".none", formOf(record, schema), due);
            // Java's maps forget the order of their entries.
            check(i + " written again", encode(record, schema).length, none.length);
        }
    }

    private void judgeContainer() throws IOException {
        List<JsonNode> got = new ArrayList<>();
        try (DataFileReader<GenericRecord> file = new DataFileReader<>(
                folder.resolve("articles.avro").toFile(), new GenericDatumReader<>())) {
            check("schema text", file.getMetaString("avro.schema"), text);
            for (GenericRecord record : file) {
                got.add(formOf(record, file.getSchema()));
            }
        }
        check("articles.avro", got, expected);
    }

    private void judgeCompatible(String what, Schema reader, Schema writer) {
        check(what,
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType(),
                SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
    }

    /** One more field with a default: old and new read each other. */
    private void judgeGrown() throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(text);
        ((ArrayNode) tree.get("fields")).addObject()
                .put("name", "added").put("type", "string").put("default", "new");
        Schema grown = parse(tree.toString());
        judgeCompatible("grown reads ours", grown, schema);
        judgeCompatible("ours reads grown", schema, grown);
        for (int i = 0; i < expected.size(); i++) {
            GenericRecord record = decode(read(i + ".none"), 0, schema, grown);
            JsonNode due = ((ObjectNode) expected.get(i).deepCopy()).put("added", "new");
            check(i + " by a grown schema", formOf(record, grown), due);
            record = decode(encode(record, grown), 0, grown, schema);
            check(i + " of a grown schema", formOf(record, schema), expected.get(i));
        }
    }

    /** A symbol that came later reads as unknown. */
    private void judgeSymbols() throws IOException {
        Schema grown = parse(text.replace("\"planning\"]", "\"planning\", \"hologram\"]"));
        GenericRecord record = decode(read("1.none"), 0, schema, grown);
        record.put("type", new GenericData.EnumSymbol(
                grown.getField("type").schema(), "hologram"));
        GenericRecord got = decode(encode(record, grown), 0, grown, schema);
        check("later symbol", got.get("type").toString(), "unknown");
    }

    /** A record without what has a default reads as if it were empty. */
    private void judgeDefaults() throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(text);
        ArrayNode fields = (ArrayNode) tree.get("fields");
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).has("default")) {
                fields.remove(i);
            }
        }
        Schema bare = parse(tree.toString());
        judgeCompatible("bare reads ours", bare, schema);
        judgeCompatible("ours reads bare", schema, bare);
        GenericRecord record = decode(read("1.none"), 0, schema, bare);
        record = decode(encode(record, bare), 0, bare, schema);
        check("defaults", formOf(record, schema), expected.get(1));
    }

    public static void main(String[] arguments) throws IOException {
        Judge judge = new Judge(Path.of(arguments[0]));
        judge.judgeFingerprint();
        judge.judgeFramings();
        judge.judgeContainer();
        judge.judgeGrown();
        judge.judgeSymbols();
        judge.judgeDefaults();
        System.out.printf("%d passed, %d failed%n", judge.passed, judge.failed);
        System.exit(judge.failed > 0 || judge.passed == 0 ? 1 : 0);
    }
}
