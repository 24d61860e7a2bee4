from transforms.clean import line_model
from transforms.inference import session


def test_a_session_has_one_thread_on_the_cpu():
    made = session(line_model.shipped().network)
    options = made.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    assert made.get_providers() == ["CPUExecutionProvider"]
